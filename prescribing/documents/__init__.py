"""What she takes home, what goes into the journal, and what the prescription says: all from one case."""
