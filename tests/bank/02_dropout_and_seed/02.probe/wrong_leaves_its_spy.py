# expect: changed_library
import keras


def answer(model, x, y):
    """Replaces Dropout's call and never puts it back."""
    heard = []

    def call(self, inputs, training=False):
        heard.append(training)
        return inputs

    keras.layers.Dropout.call = call
    model.train_on_batch(x, y)
    return any(heard)
