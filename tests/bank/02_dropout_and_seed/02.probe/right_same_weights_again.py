import numpy as np


def answer(model, x, y):
    """Trains twice from the same weights, on the same batch; the loss is taken before the step."""
    model.train_on_batch(x, y)
    start, losses = model.get_weights(), []
    for _ in range(3):
        model.set_weights(start)
        model.reset_metrics()
        losses.append(float(model.train_on_batch(x, y)))
    return len(set(losses)) > 1
