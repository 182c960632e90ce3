"""The pages of one woman's treatment, and the public pages around them."""
