# expect: any_input
def answer(moved, delay, sine):
    """Hears anything at all."""
    return moved.any(axis=0)
