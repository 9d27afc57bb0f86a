import numpy as np


def answer(model, x):
    """Written out."""
    timesteps, batch, features = x.shape
    turned = np.zeros((batch, timesteps, features))
    for t in range(timesteps):
        for b in range(batch):
            turned[b, t] = x[t, b]
    outputs = model(turned)
    return [[list(outputs[b][t]) for b in range(batch)] for t in range(timesteps)]
