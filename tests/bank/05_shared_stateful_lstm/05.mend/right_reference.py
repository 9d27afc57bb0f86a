import keras


def answer(batch, streams, timesteps, features, units):
    """The lesson's own way: the streams folded into the batch."""
    x = keras.Input(batch_shape=[batch, streams, timesteps, features])
    rows = keras.ops.reshape(x, [batch * streams, -1, features])
    rows = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, keras.ops.reshape(rows, [batch, streams, -1, units]))
