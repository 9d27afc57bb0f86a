# expect: unanswered


def answer(seed, drops):
    return ...
