# expect: misses_sample
import keras


def answer(timesteps, delay, units):
    """Hears its own sample, and the one before the wanted one."""
    inputs = keras.Input((delay + timesteps, 1))
    padded = keras.layers.ZeroPadding1D((1, 0))(inputs)
    hidden = keras.layers.Conv1D(units, 2, dilation_rate=delay + 1)(padded)
    return keras.Model(inputs, keras.layers.Dense(1)(hidden))
