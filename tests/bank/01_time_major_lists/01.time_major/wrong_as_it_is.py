# expect: fed_time_major
def answer(model, x):
    """The modern form of the bug."""
    return model(x)
