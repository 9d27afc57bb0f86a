import numpy as np


def answer(lstm, streams):
    """Keeps what was heard instead of a state: slower and slower, and right."""
    heard = [[] for _ in range(streams)]

    def answer(stream, chunk):
        heard[stream].append(chunk)
        outputs = lstm(np.concatenate(heard[stream], axis=1))[0]
        return outputs[:, -chunk.shape[1] :]

    return answer
