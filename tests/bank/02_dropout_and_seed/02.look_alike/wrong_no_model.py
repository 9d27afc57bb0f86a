# expect: not_a_model


class answer:
    """Runs its layers, and is no model."""

    def __init__(self, layers, input_shape=None):
        self.steps = list(layers)

    def __call__(self, x, training=None):
        for layer in self.steps:
            x = layer(x, training=training)
        return x
