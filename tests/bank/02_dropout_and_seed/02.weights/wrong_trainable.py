# expect: trainable_only
import numpy as np


def answer(a, b):
    """What BatchNormalization remembers is no trainable weight."""
    ours = [np.array(w) for w in a.trainable_weights]
    theirs = [np.array(w) for w in b.trainable_weights]
    return len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))
