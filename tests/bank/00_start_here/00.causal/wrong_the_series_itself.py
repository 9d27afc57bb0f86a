# expect: wrong_reach
def answer(x, window):
    return x.copy()
