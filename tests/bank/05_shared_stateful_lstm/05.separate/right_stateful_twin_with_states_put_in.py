import keras


def answer(lstm, streams):
    """Variables in an RNN layer around the same cell, for each stream."""
    made = [
        keras.layers.RNN(lstm.cell, return_sequences=True, stateful=True) for _ in range(streams)
    ]
    return lambda stream, chunk: made[stream](chunk)
