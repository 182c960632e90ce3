"""Template tags of the guideline's pages."""
