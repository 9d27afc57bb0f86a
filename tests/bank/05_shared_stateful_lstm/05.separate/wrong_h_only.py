# expect: half_a_state
from keras import ops


def answer(lstm, streams):
    """c begins at zero each time."""
    states = {}

    def answer(stream, chunk):
        outputs, h, c = lstm(chunk, initial_state=states.get(stream))
        states[stream] = [h, ops.zeros_like(c)]
        return outputs

    return answer
