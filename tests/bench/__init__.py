"""How fast it is, as ratios from one run: `python -m tests.bench`, or with the names of sections.

A section is a module here with `measures()`, which yields what it measured. Ratios, since seconds say more about the
machine than about us; both sides of one are timed in turns, so that a busy machine slows both.
"""
