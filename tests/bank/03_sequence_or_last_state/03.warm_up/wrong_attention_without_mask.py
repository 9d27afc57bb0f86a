# expect: hears_everything
import keras


def answer(timesteps, delay, units):
    """Forgets the causal mask."""
    inputs = keras.Input((delay + timesteps, 1))
    x = keras.layers.Dense(units)(inputs)
    x = x + keras.layers.MultiHeadAttention(1, units)(x, x)
    return keras.Model(inputs, keras.layers.Dense(1)(x)[:, delay:])
