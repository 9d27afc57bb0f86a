import keras


def answer(timesteps, delay, units):
    """Attention with a causal mask, and places that are learned."""
    inputs = keras.Input((delay + timesteps, 1))
    x = keras.layers.Dense(units)(inputs)
    places = keras.layers.Embedding(delay + timesteps, units)
    x = x + places(keras.ops.arange(delay + timesteps))
    heard = keras.layers.MultiHeadAttention(2, units)(x, x, use_causal_mask=True)
    outputs = keras.layers.Dense(1)(keras.layers.LayerNormalization()(x + heard))
    return keras.Model(inputs, keras.layers.Cropping1D((delay, 0))(outputs))
