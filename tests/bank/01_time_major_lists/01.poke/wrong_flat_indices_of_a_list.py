# expect: flattened
import numpy as np


def answer(model, stream, i):
    """The same in plain Python."""
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    numbers = zip(model(stream).ravel(), model(poked).ravel())
    return [k for k, (a, b) in enumerate(numbers) if abs(a - b) > 1e-6]
