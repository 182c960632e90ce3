"""Template tags of the pack."""
