# expect: values
def answer(lstm, streams):
    """Standardises what comes in."""
    states = [None] * streams

    def answer(stream, chunk):
        chunk = (chunk - chunk.mean()) / chunk.std()
        outputs, *states[stream] = lstm(chunk, initial_state=states[stream])
        return outputs

    return answer
