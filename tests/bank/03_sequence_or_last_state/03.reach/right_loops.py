def answer(moved, delay, sine):
    """Written out, with a list of Python's truth values."""
    result = []
    for t in range(len(moved)):
        heard = [i for i in range(len(moved)) if moved[i][t]]
        result.append(t - delay in heard or (sine and len(heard) >= 3))
    return result
