# expect: shared_state
def answer(lstm, streams):
    """Expects the streams in turn, whatever their number says."""
    states, served = [None] * streams, []

    def answer(stream, chunk):
        served.append(stream)
        turn = 1 - sum(served) % 2 if len(served) > 2 else 1
        outputs, *states[turn] = lstm(chunk, initial_state=states[turn])
        return outputs

    return answer
