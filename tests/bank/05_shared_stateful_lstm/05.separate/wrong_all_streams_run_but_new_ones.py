# expect: forgets
import numpy as np


def answer(lstm, streams):
    """A fold with a state that is dropped whenever the length changes."""
    kept = {}

    def answer(stream, chunk):
        states = kept.setdefault(chunk.shape[1], [None] * streams)
        outputs, *states[stream] = lstm(chunk, initial_state=states[stream])
        return outputs

    return answer
