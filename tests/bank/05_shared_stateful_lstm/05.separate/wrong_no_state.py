# expect: forgets
def answer(lstm, streams):
    """Each chunk by itself."""
    return lambda stream, chunk: lstm(chunk)[0]
