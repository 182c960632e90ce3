"""The ids of everything the guideline says, as they were when it was read fact by fact."""

# fmt: off
FACT_IDS = (
    "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10",  # metoclopramide: what it is
    "W1", "W2", "W3", "W4", "W5",                                 # the 5-day warning and the risks
    "P1", "P2", "P3",                                             # prescribing
    "G1", "G2", "G3", "G4", "G5", "G6",                           # the six points
    "R1", "R2", "R3", "R4",                                       # the regimen
    "D1", "D2", "D3", "D4", "D5", "D6", "D7",                     # domperidone
    "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8",               # good advice for more milk
    "O1", "O2", "O3", "O4", "O5",                                 # the glossary
)
# fmt: on
