# expect: half_a_state
def answer(lstm, streams):
    """Hands h in twice."""
    states = {}

    def answer(stream, chunk):
        outputs, h, c = lstm(chunk, initial_state=states.get(stream))
        states[stream] = [h, h]
        return outputs

    return answer
