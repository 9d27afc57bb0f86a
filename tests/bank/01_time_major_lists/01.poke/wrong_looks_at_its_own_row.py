# expect: other
import numpy as np


def answer(model, stream, i):
    """Watches output i alone."""
    poked = stream.copy()
    poked[i] = not poked[i]
    return [i] if (model(stream)[i] != model(poked)[i]).any() else []
