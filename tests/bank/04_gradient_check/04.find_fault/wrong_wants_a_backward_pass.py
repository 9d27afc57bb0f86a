# expect: wrong_signature
def answer(backward, seed):
    """Would rather run it."""
    return "right"
