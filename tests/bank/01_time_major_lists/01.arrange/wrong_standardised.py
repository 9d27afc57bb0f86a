# expect: foreign
import numpy as np


def answer(stream, labels, batch, timesteps):
    """Centred and scaled on the way."""
    scaled = (stream - stream.mean()) / stream.std()
    return list(scaled.reshape(batch, timesteps).T[..., None]), list(
        labels.reshape(batch, timesteps).T
    )
