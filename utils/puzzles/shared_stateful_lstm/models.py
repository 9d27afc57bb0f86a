"""The question's model, in today's Keras, and two others that leak as it does.

Each builder returns a model that is neither compiled nor trained:
[batch, streams, timesteps, features] -> [batch, streams, timesteps, units]. The weights are Keras'
own, so call `keras.utils.set_random_seed` before.
"""


def question_model(batch=1, streams=3, timesteps=None, features=4, units=3):
    """One stateful LSTM layer, called on each stream; the outputs are put together."""
    from keras import Input, Model, layers, ops

    x = Input(batch_shape=(batch, streams, timesteps, features))
    lstm = layers.LSTM(units, stateful=True, return_sequences=True)
    outputs = []
    for stream in range(streams):
        y = lstm(x[:, stream])  # [batch, timesteps, units]
        outputs.append(ops.expand_dims(y, axis=1))  # [batch, 1, timesteps, units]
    answers = layers.Concatenate(axis=1)(outputs)  # [batch, streams, timesteps, units]
    return Model(x, answers)


def in_a_loop(batch=1, streams=3, timesteps=None, features=4, units=3):
    """The same layer, called by a loop of Python in a layer of one's own."""
    from keras import Input, Model, layers, ops

    class InALoop(layers.Layer):
        def __init__(self):
            super().__init__()
            self.lstm = layers.LSTM(units, stateful=True, return_sequences=True)

        def build(self, shape):  # Keras can't find out by itself what a stateful layer needs
            self.lstm.build((batch, timesteps, features))

        def call(self, x):
            outputs = [self.lstm(x[:, stream]) for stream in range(streams)]
            return ops.stack(outputs, axis=1)  # [batch, streams, timesteps, units]

    x = Input(batch_shape=(batch, streams, timesteps, features))
    return Model(x, InALoop()(x))


def time_distributed(batch=1, streams=3, timesteps=None, features=4, units=3):
    """The same layer in a TimeDistributed, which calls it on each stream as it would on steps."""
    from keras import Input, Model, layers

    x = Input(batch_shape=(batch, streams, timesteps, features))
    lstm = layers.LSTM(units, stateful=True, return_sequences=True)
    return Model(x, layers.TimeDistributed(lstm)(x))  # [batch, streams, timesteps, units]
