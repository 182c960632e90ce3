"""Databases of released versions, populated, for later migrations to be tried on."""
