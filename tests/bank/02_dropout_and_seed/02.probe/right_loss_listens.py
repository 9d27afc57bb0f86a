import keras
import numpy as np


def answer(model, x, y):
    """A loss that keeps what it is given."""
    seen = []

    def listening(y_true, y_pred):
        seen.append(np.array(y_pred))
        return keras.ops.mean(0.0 * y_pred, axis=-1)

    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=listening, run_eagerly=True)
    model.fit(x, y, epochs=2, batch_size=len(x), shuffle=False, verbose=0)
    return bool(np.any(seen[-1] != seen[-2]))
