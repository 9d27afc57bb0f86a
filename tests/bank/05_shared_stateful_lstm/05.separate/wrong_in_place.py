# expect: changed_arguments
def answer(lstm, streams):
    """Centres the caller's chunk."""
    states = [None] * streams

    def answer(stream, chunk):
        chunk -= chunk.mean()
        outputs, *states[stream] = lstm(chunk, initial_state=states[stream])
        return outputs

    return answer
