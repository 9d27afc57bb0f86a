# expect: stale
def answer(lstm, streams):
    """`setdefault` writes the first state, and no other."""
    states = {}

    def answer(stream, chunk):
        outputs, h, c = lstm(chunk, initial_state=states.get(stream))
        states.setdefault(stream, [h, c])
        return outputs

    return answer
