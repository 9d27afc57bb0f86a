# expect: reshaped_input
import numpy as np


def answer(model, x):
    """reshape for transpose."""
    timesteps, batch, features = x.shape
    outputs = np.asarray(model(x.reshape(batch, timesteps, features)))
    return outputs.reshape(timesteps, batch, -1)
