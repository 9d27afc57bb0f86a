# expect: unanswered
def answer(lstm, streams):
    """A stub in a stub."""

    def answer(stream, chunk):
        return ...

    return answer
