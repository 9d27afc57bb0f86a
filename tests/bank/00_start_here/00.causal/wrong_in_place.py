# expect: changed_arguments
def answer(x, window):
    for t in range(len(x) - 1, -1, -1):
        x[t] = x[max(0, t - window + 1) : t + 1].mean()
    return x
