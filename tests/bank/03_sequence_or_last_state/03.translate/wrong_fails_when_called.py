# expect: raised
import keras


class Broken(keras.Model):
    """Raises as soon as it is used."""

    def call(self, x):
        raise KeyboardInterrupt


def answer(kernel, bias, W, b):
    """A model for show."""
    return Broken()
