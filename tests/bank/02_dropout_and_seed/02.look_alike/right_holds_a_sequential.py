import keras


class answer(keras.Model):
    """Leaves the work to a Sequential inside."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.inside = keras.Sequential(list(layers))
        if input_shape is not None:
            self.inside.build((None, *input_shape))

    def call(self, inputs, training=None):
        return self.inside(inputs, training=training)
