import keras


def answer(kernel, bias, W, b):
    """All states, of which the last is taken."""
    units, timesteps = W.shape
    inputs = keras.Input((timesteps, 1))
    lstm = keras.layers.LSTM(units, return_sequences=True)
    dense = keras.layers.Dense(timesteps)
    model = keras.Model(inputs, dense(lstm(inputs)[:, -1]))
    order = [0, 2, 1, 3]
    k = kernel.reshape(-1, 4, units)[:, order].reshape(-1, 4 * units)
    v = bias.reshape(4, units)[order]
    v[1] += 1
    lstm.set_weights([k[:1], k[1:], v.ravel()])
    dense.set_weights([W, b])
    return model
