"""What the guideline says: editions, points, checks, regimens; no patients."""
