# expect: returned_none
def answer(lstm, streams):
    """Forgets to hand the function out."""
    states = [None] * streams

    def answer(stream, chunk):
        outputs, *states[stream] = lstm(chunk, initial_state=states[stream])
        return outputs
