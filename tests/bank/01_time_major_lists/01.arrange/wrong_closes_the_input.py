# expect: unsteady
import sys


def answer(stream, labels, batch, timesteps):
    """What can be read only once."""
    sys.stdin.read()
    sys.stdin.close()
    inputs = stream.reshape(batch, timesteps).T[..., None]
    targets = labels.reshape(batch, timesteps).T
    return list(inputs), list(targets)
