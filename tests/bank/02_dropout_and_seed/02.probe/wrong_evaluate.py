# expect: batch_norm
import keras
import numpy as np


def answer(model, x, y):
    """Training against evaluation."""
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    trained = model.fit(x, y, batch_size=len(x), verbose=0).history["loss"][0]
    quiet = model.evaluate(x, y, batch_size=len(x), verbose=0)
    return not np.isclose(trained, quiet, rtol=1e-4)
