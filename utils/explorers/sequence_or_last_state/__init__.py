"""The explorers of lesson 03: two kinds of model side by side, and the floor beneath them."""
