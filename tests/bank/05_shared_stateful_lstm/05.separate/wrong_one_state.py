# expect: shared_state
def answer(lstm, streams):
    """One variable for all."""
    state = None

    def answer(stream, chunk):
        nonlocal state
        outputs, *state = lstm(chunk, initial_state=state)
        return outputs

    return answer
