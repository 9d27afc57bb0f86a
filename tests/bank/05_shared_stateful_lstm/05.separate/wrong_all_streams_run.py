# expect: ran_meanwhile
import numpy as np


def answer(lstm, streams):
    """All streams at once, with zeros for those that have nothing."""
    kept = {}

    def answer(stream, chunk):
        rows = np.zeros((streams, *chunk.shape), "float32")
        rows[stream] = chunk
        states = kept.get("states")
        outputs, *kept["states"] = lstm(rows.reshape(-1, *chunk.shape[1:]), initial_state=states)
        return np.asarray(outputs).reshape(streams, *chunk.shape[:2], -1)[stream]

    return answer
