# expect: one_kind
import keras


def answer(model, x, y):
    """Listens at Dropout layers during a step of training, and at nothing else."""
    heard, real = [], keras.layers.Dropout.call

    def listening(self, inputs, training=False):
        heard.append(bool(training) and self.rate > 0)
        return real(self, inputs, training=training)

    keras.layers.Dropout.call = listening
    try:
        model.train_on_batch(x, y)
    finally:
        keras.layers.Dropout.call = real
    return any(heard)
