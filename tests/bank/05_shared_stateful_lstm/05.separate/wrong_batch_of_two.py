# expect: some_sizes
import numpy as np


def answer(lstm, streams):
    """States for the size that it has seen."""
    states = [[np.zeros((2, lstm.units), "float32")] * 2 for _ in range(streams)]

    def answer(stream, chunk):
        outputs, *states[stream] = lstm(chunk, initial_state=states[stream])
        return outputs

    return answer
