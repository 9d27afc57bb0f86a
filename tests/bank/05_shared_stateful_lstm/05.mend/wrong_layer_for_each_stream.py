# expect: several
import keras
from keras import layers


def answer(batch, streams, timesteps, features, units):
    """Own states, and own weights too."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    made = [layers.LSTM(units, stateful=True, return_sequences=True) for _ in range(streams)]
    return keras.Model(x, keras.ops.stack([made[k](x[:, k]) for k in range(streams)], axis=1))
