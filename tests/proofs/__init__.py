"""Proofs: measurements too slow for `make test`, each beside its positive control (docs/reliability.md)."""
