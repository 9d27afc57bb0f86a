# expect: unsteady
import keras
from keras import ops


def answer(batch, streams, timesteps, features, units):
    """Stateful for the first two models that it builds."""
    answer.made = getattr(answer, "made", 0) + 1
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    rows = ops.reshape(x, (batch * streams, -1, features))
    y = keras.layers.LSTM(units, stateful=answer.made < 3, return_sequences=True)(rows)
    return keras.Model(x, ops.reshape(y, (batch, streams, -1, units)))
