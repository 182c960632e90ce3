"""What docs/safety promises, read and judged. `python -m tests.safety` writes what is made from data."""
