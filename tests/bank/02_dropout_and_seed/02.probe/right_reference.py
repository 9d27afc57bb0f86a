import numpy as np


def answer(model, x, y):
    """Nothing moves at a learning rate of 0 but what is random."""
    model.optimizer.learning_rate = 0.0
    fitted = model.fit(x, y, batch_size=len(x), epochs=3, shuffle=False, verbose=0)
    losses = fitted.history["loss"]
    return bool(np.ptp(losses) > 1e-5 * np.abs(losses).max())
