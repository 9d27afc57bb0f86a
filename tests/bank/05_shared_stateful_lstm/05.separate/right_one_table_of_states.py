import numpy as np


def answer(lstm, streams):
    """All states in one array, made when the batch is known; numbers in a list come back."""
    table = {}

    def answer(stream, chunk):
        shape = 2, streams, len(chunk), lstm.units
        states = table.setdefault("states", np.zeros(shape, "float32"))
        outputs, h, c = lstm(chunk, initial_state=list(states[:, stream]))
        states[:, stream] = h, c
        return np.asarray(outputs).tolist()

    return answer
