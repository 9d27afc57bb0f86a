import keras


def answer(timesteps, delay, units):
    """One LSTM listens, and hands its state to one that speaks."""
    inputs = keras.Input((delay + timesteps, 1))
    _, h, c = keras.layers.LSTM(units, return_state=True)(inputs[:, :delay])
    speaker = keras.layers.LSTM(units, return_sequences=True)
    states = speaker(inputs[:, delay:], initial_state=[h, c])
    return keras.Model(inputs, keras.layers.Dense(1)(states))
