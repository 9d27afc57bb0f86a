# expect: wrong_signature
def answer(grads, p):
    """Wants the gradients."""
    return all((grads[name] == grads[name]).all() for name in p)
