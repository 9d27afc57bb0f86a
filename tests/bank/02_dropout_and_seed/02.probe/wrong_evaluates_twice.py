# expect: always_no


def answer(model, x, y):
    """evaluate never drops either."""
    return model.test_on_batch(x, y) != model.test_on_batch(x, y)
