"""Many small models trained at once, and records of what came out."""
