# expect: always_no


def answer(a, b):
    """Lists of variables are compared by what they are, not by what they hold."""
    return a.weights == b.weights if len(a.weights) == 0 else all(v is w for v, w in zip(a.weights, b.weights))
