# expect: never_asked
def answer(backward, inputs, targets, p):
    """Looks at what the function is called."""
    return backward.__name__ == "backward"
