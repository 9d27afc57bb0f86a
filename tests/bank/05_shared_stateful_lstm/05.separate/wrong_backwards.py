# expect: values
def answer(lstm, streams):
    """Turns each chunk around."""
    states = [None] * streams

    def answer(stream, chunk):
        outputs, *states[stream] = lstm(chunk[:, ::-1], initial_state=states[stream])
        return outputs[:, ::-1]

    return answer
