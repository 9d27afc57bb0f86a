# expect: shape
def answer(lstm, streams):
    """h in place of the outputs."""
    states = [None] * streams

    def answer(stream, chunk):
        outputs, *states[stream] = lstm(chunk, initial_state=states[stream])
        return states[stream][0]

    return answer
