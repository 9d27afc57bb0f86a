# expect: returned_none
import keras


def answer(batch, streams, timesteps, features, units):
    """Builds it, keeps it."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = keras.ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    model = keras.Model(x, keras.ops.reshape(y, (batch, streams, -1, units)))
