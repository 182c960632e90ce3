"""Backups of the whole database: one archive file each, checked when it is written and before it is restored."""
