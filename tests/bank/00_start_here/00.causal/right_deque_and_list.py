from collections import deque


def answer(x, window):
    last, out = deque(maxlen=window), []
    for value in x:
        last.append(float(value))
        out.append(sum(last) / len(last))
    return out
