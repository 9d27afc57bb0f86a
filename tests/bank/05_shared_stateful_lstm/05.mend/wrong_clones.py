# expect: several
import keras
from keras import layers


def answer(batch, streams, timesteps, features, units):
    """Copies with equal weights: right until the first training step."""
    x = keras.Input(batch_shape=(batch, streams, timesteps, features))
    made = [layers.LSTM(units, stateful=True, return_sequences=True) for _ in range(streams)]
    outputs = [made[k](x[:, k]) for k in range(streams)]
    for one in made[1:]:
        one.set_weights(made[0].get_weights())
    return keras.Model(x, keras.ops.stack(outputs, axis=1))
