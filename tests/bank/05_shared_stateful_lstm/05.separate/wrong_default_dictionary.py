# expect: other_server
def answer(lstm, streams, states={}):
    """The dictionary is made once for all servers."""

    def answer(stream, chunk):
        outputs, *states[stream] = lstm(chunk, initial_state=states.get(stream))
        return outputs

    return answer
