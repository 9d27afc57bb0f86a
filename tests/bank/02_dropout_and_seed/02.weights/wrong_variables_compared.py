# expect: always_no


def answer(a, b):
    """Lists of variables are compared by what they are, not by what they hold."""
    return all(v is w for v, w in zip(a.weights, b.weights))
