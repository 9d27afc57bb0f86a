def answer(lstm, streams):
    """The lesson's own way."""
    states = [None] * streams

    def answer(stream, chunk):
        outputs, *states[stream] = lstm(chunk, initial_state=states[stream])
        return outputs

    return answer
