"""Assessments and courses in the database."""
