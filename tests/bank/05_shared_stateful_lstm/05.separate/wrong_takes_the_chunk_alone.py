# expect: wrong_signature
def answer(lstm, streams):
    """Nobody says whose chunk it is."""

    def answer(chunk):
        return lstm(chunk)[0]

    return answer
