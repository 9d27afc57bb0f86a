# expect: batch_norm
import keras
import numpy as np


def answer(model, x, y):
    """A tolerance hides the shuffling, but not from BatchNormalization."""
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    losses = model.fit(x, y, epochs=2, verbose=0).history["loss"]
    return not np.isclose(losses[0], losses[1], rtol=1e-5)
