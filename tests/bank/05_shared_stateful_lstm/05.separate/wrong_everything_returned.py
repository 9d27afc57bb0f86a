# expect: with_states
def answer(lstm, streams):
    """Outputs and states."""
    states = [None] * streams

    def answer(stream, chunk):
        outputs, h, c = lstm(chunk, initial_state=states[stream])
        states[stream] = [h, c]
        return outputs, h, c

    return answer
