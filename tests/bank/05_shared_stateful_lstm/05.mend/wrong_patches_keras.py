# expect: changed_library
import keras


class Private(keras.layers.LSTM):
    pass


def answer(batch, streams, timesteps, features, units):
    """Mends Keras itself, for everybody."""
    keras.layers.LSTM = Private
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = keras.ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, keras.ops.reshape(y, (batch, streams, -1, units)))
