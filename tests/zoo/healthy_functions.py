"""Healthy plain functions: anything from arrays to arrays can be asked."""

import numpy as np

from tests.zoo.specimen import Specimen


def noise(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape)


def moving_average():
    """Causal: each output is the mean of the last three inputs."""

    def smooth(x):
        padded = np.concatenate([np.zeros_like(x[:, :2]), x], axis=1)
        return (padded[:, 2:] + padded[:, 1:-1] + padded[:, :-2]) / 3

    x = noise(6, 8, 2)
    return smooth, x, None


def elman_in_numpy():
    w, u = noise(2, 5, seed=1), 0.5 * noise(5, 5, seed=2)

    def network(x):
        h = np.zeros((len(x), 5))
        states = []
        for step in x.transpose(1, 0, 2):
            h = np.tanh(step @ w + h @ u)
            states.append(h)
        return np.stack(states, axis=1)

    return network, noise(6, 7, 2, seed=3), None


def time_major_network():
    """Takes and gives [timesteps, batch, …], and says so."""
    w, u = noise(3, 4, seed=4), 0.5 * noise(4, 4, seed=5)

    def network(x):
        h, states = np.zeros((x.shape[1], 4)), []
        for step in x:
            h = np.tanh(step @ w + h @ u)
            states.append(h)
        return np.stack(states)

    return network, noise(7, 6, 3, seed=6), None


class Filter:
    """Linear, with a bias: what a scikit-learn model's predict does."""

    def __init__(self):
        self.weights = noise(4, seed=7)

    def predict(self, x):
        return x @ self.weights + 1.0


def linear_model():
    x = noise(8, 4, seed=8)
    return Filter().predict, x, x.sum(axis=1)


def two_answers():
    def mean_and_spread(x):
        return {"mean": x.mean(axis=1), "spread": x.std(axis=1)}

    return mean_and_spread, noise(8, 6, seed=9), None


HEALTHY = (
    Specimen("a moving average", moving_average, intent={"causal": True}),
    Specimen("an Elman network in NumPy", elman_in_numpy, intent={"causal": True}),
    Specimen("a time-major network", time_major_network, intent={"time_major": True}),
    Specimen("a linear model's predict", linear_model),
    Specimen("a function with two answers", two_answers),
)
