# expect: unanswered


def answer(model, x, y):
    return ...
