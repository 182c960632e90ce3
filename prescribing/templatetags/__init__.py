"""Template tags of the treatment's pages."""
