"""The pages about accounts: one's own, the door's, and for an administrator those that are theirs to keep."""
