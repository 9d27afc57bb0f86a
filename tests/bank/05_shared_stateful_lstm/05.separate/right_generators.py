def answer(lstm, streams):
    """A coroutine for each stream."""

    def one():
        outputs, state = None, None
        while True:
            chunk = yield outputs
            outputs, *state = lstm(chunk, initial_state=state)

    running = [one() for _ in range(streams)]
    for each in running:
        next(each)
    return lambda stream, chunk: running[stream].send(chunk)
