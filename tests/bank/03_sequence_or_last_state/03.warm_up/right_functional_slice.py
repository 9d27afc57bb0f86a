import keras


def answer(timesteps, delay, units):
    """The last `timesteps` outputs, whatever came before; any length."""
    inputs = keras.Input((None, 1))
    states = keras.layers.LSTM(units, return_sequences=True)(inputs)
    states = keras.layers.LSTM(units, return_sequences=True)(states)
    outputs = keras.layers.Dense(1)(states)[:, -timesteps:]
    return keras.Model(inputs, outputs)
