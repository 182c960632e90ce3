"""The guideline in the database."""
