# expect: changed_library
import keras


def answer(kernel, bias, W, b):
    """Puts something else where keras.Model was."""
    keras.Model = None
    return W
