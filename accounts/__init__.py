"""Who may do what: people, their practices, their roles."""
