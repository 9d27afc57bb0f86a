# expect: hidden
import keras
import numpy as np

KINDS = (keras.layers.Dropout, keras.layers.GaussianNoise, keras.layers.AlphaDropout)


def answer(model, x, y):
    """Listens at three kinds of noise layers during a step."""
    heard, real = [], {kind: kind.call for kind in KINDS}

    def listening(kind):
        def call(self, inputs, training=False):
            outputs = real[kind](self, inputs, training=training)
            heard.append(bool(np.any(np.array(outputs) != np.array(inputs))))
            return outputs

        return call

    for kind in KINDS:
        kind.call = listening(kind)
    try:
        model.compile(optimizer="sgd", loss="mse", run_eagerly=True)
        model.train_on_batch(x, y)
    finally:
        for kind in KINDS:
            kind.call = real[kind]
    return any(heard)
