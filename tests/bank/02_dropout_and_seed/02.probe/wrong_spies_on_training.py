# expect: false_alarm
import keras


def answer(model, x, y):
    """Is any Dropout told that this is training? At a rate of 0, too."""
    heard, real = [], keras.layers.Dropout.call

    def listening(self, inputs, training=False):
        heard.append(bool(training))
        return real(self, inputs, training=training)

    keras.layers.Dropout.call = listening
    try:
        model.train_on_batch(x, y)
    finally:
        keras.layers.Dropout.call = real
    return any(heard)
