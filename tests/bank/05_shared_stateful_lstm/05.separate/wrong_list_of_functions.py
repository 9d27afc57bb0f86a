# expect: not_a_function
def answer(lstm, streams):
    """A function for each stream."""

    def one(stream):
        state = [None]

        def answer(chunk):
            outputs, *state[:] = lstm(chunk, initial_state=state[0] and state)
            return outputs

        return answer

    return [one(stream) for stream in range(streams)]
