"""The puzzles, one module each: its data, its models, and what can be computed about them."""
