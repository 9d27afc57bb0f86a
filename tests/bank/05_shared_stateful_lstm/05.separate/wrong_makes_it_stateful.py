# expect: raised
def answer(lstm, streams):
    """Turns the switch of a layer that is built without it."""
    lstm.stateful = True
    return lambda stream, chunk: lstm(chunk)[0]
