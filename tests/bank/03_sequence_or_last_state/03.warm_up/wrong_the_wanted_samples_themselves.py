# expect: wrong_end
import keras


def answer(timesteps, delay, units):
    """Hands the wanted samples through."""
    inputs = keras.Input((delay + timesteps, 1))
    return keras.Model(inputs, keras.layers.Dense(1)(inputs[:, :timesteps]))
