# expect: some_sizes
def answer(lstm, streams):
    """Three places, whoever comes."""
    states = [None] * 3

    def answer(stream, chunk):
        outputs, *states[stream % 3] = lstm(chunk, initial_state=states[stream % 3])
        return outputs

    return answer
