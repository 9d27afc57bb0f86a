# expect: raised
def answer(kernel, bias, W, b):
    """Exits."""
    raise SystemExit(0)
