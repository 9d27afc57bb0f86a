# expect: old_weights
import keras


def answer(lstm, streams):
    """A stateful copy for each stream."""
    made = []
    for _ in range(streams):
        made.append(keras.layers.LSTM(lstm.units, return_sequences=True, stateful=True))

    def answer(stream, chunk):
        if not made[stream].built:
            made[stream](chunk)
            made[stream].set_weights(weights)
            made[stream].reset_state()
        return made[stream](chunk)

    weights = lstm.get_weights()
    return answer
