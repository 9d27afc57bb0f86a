"""Claims about two models that a few seeds do not bear out, or that somebody took for chance.

Small networks by hand in NumPy: what is looked at are the results, not the models.
"""

import numpy as np

from tests.zoo.specimen import all_in, found_by

NOT_SHOWN = "not shown"


def trained(seed, units=3, steps=200, stream=0):
    """The validation loss of a small network: tanh, then linear."""
    data, rng = np.random.default_rng(0), np.random.default_rng((seed, stream))
    x = data.normal(size=(120, 2))
    y = np.sin(2 * x[:, :1]) + 0.1 * data.normal(size=(120, 1))
    w, v = rng.normal(size=(2, units)), rng.normal(size=(units, 1)) / units
    for _ in range(steps):
        hidden = np.tanh(x[:60] @ w)
        error = hidden @ v - y[:60]
        back = error @ v.T * (1 - hidden**2)
        v = v - 0.2 * hidden.T @ error / 60
        w = w - 0.2 * x[:60].T @ back / 60
    return float(np.mean((np.tanh(x[60:] @ w) @ v - y[60:]) ** 2))


@found_by("spread", NOT_SHOWN, "wandb/senpai#1367")
def an_improvement_that_is_another_draw_of_the_same_model():
    """The new layer is never called; one run of either was compared."""
    return lambda seed: trained(seed), lambda seed: trained(seed, stream=1)


@found_by("spread", NOT_SHOWN, "wandb/senpai#1136")
def three_lucky_seeds():
    """The difference may be there; three pairs of runs can't show it."""
    before = [trained(seed, stream=2) for seed in range(3)]
    return before, [loss - 0.01 for loss in before]


@found_by("spread", "b", "GlobalFishingWatch/vessel-scoring#14")
def an_improvement_taken_for_the_luck_of_the_seed():
    """The results of both overlap; seed by seed a wider network is better."""
    return lambda seed: trained(seed), lambda seed: trained(seed, units=6)


FAULTY = all_in(globals())
