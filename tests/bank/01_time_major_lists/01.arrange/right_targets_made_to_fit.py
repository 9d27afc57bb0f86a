import numpy as np


def answer(stream, labels, batch, timesteps):
    """Each label is looked up beside its element."""
    columns = np.arange(batch * timesteps).reshape(batch, timesteps).transpose()
    inputs, targets = [], []
    for column in columns:
        inputs.append(np.take(stream, column).reshape(-1, 1))
        targets.append([labels[k] for k in column])
    return inputs, targets
