"""The two Keras models of the question, and the cures that people try on the first.

Each builder returns a model that is neither compiled nor trained. The weights are Keras' own, so
call `keras.utils.set_random_seed` before. N is the batch.
"""


def sequence_model(timesteps, units):
    """(a) One output at each time step, from the state at that step: [N, timesteps, 1]."""
    from keras import Input, Sequential, layers

    return Sequential([
        Input((timesteps, 1)),
        layers.LSTM(units, return_sequences=True),  # [N, timesteps, units]
        layers.TimeDistributed(layers.Dense(1)),  # [N, timesteps, 1]
    ])  # fmt: skip


def last_state_model(timesteps, units):
    """(c) All outputs at once, from the state after the last step: [N, timesteps]."""
    from keras import Input, Sequential, layers

    return Sequential([
        Input((timesteps, 1)),
        layers.LSTM(units),  # [N, units]
        layers.Dense(timesteps),  # [N, timesteps]
    ])  # fmt: skip


def warm_up_model(timesteps, units, before):
    """(a) with `before` earlier samples to listen to: no outputs are asked for while it does."""
    from keras import Input, Sequential, layers

    return Sequential([
        Input((before + timesteps, 1)),
        layers.LSTM(units, return_sequences=True),  # [N, before + timesteps, units]
        layers.TimeDistributed(layers.Dense(1)),  # [N, before + timesteps, 1]
        layers.Cropping1D((before, 0)),  # [N, timesteps, 1]
    ])  # fmt: skip


def bidirectional_model(timesteps, units):
    """(a) with a second LSTM that reads from the end; `units` are shared between the two."""
    from keras import Input, Sequential, layers

    return Sequential([
        Input((timesteps, 1)),
        layers.Bidirectional(layers.LSTM(units // 2, return_sequences=True)),  # … units]
        layers.TimeDistributed(layers.Dense(1)),  # [N, timesteps, 1]
    ])  # fmt: skip


def encoder_decoder_model(timesteps, units):
    """One LSTM reads to the end, a second one writes from what the first has kept."""
    from keras import Input, Sequential, layers

    return Sequential([
        Input((timesteps, 1)),
        layers.LSTM(units),  # [N, units]
        layers.RepeatVector(timesteps),  # [N, timesteps, units]
        layers.LSTM(units, return_sequences=True),  # [N, timesteps, units]
        layers.TimeDistributed(layers.Dense(1)),  # [N, timesteps, 1]
    ])  # fmt: skip


def flatten_model(timesteps, units):
    """Every output from the states at all steps."""
    from keras import Input, Sequential, layers

    return Sequential([
        Input((timesteps, 1)),
        layers.LSTM(units, return_sequences=True),  # [N, timesteps, units]
        layers.Flatten(),  # [N, timesteps · units]
        layers.Dense(timesteps),  # [N, timesteps]
    ])  # fmt: skip


def two_layer_model(timesteps, units):
    """(a) with a second LSTM on top of the first, both reading forwards."""
    from keras import Input, Sequential, layers

    return Sequential([
        Input((timesteps, 1)),
        layers.LSTM(units, return_sequences=True),  # [N, timesteps, units]
        layers.LSTM(units, return_sequences=True),  # [N, timesteps, units]
        layers.TimeDistributed(layers.Dense(1)),  # [N, timesteps, 1]
    ])  # fmt: skip
