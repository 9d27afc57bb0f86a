import keras


class answer(keras.Sequential):
    """The real thing, with another way to give the shape."""

    def __init__(self, layers, input_shape=None):
        first = [keras.Input(input_shape)] if input_shape is not None else []
        super().__init__([*first, *layers])
