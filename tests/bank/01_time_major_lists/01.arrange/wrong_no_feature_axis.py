# expect: missing_feature_axis
import numpy as np


def answer(stream, labels, batch, timesteps):
    """[batch] for [batch, 1]."""
    return list(stream.reshape(batch, timesteps).T), list(labels.reshape(batch, timesteps).T)
