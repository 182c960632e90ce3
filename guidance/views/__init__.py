"""The pages that show the guideline, and those that edit it."""
