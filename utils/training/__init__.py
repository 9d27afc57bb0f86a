"""Many small recurrent models trained at once, and records of what came out."""
