"""The question's program, restored: an LSTM in NumPy, its backward pass and its gradient check.

After "My LSTM learns, loss decreases, but Numerical Gradients don't match Analytical Gradients",
Stack Overflow. T is the number of timesteps. Every function but `train` leaves its arguments alone.
"""

import numpy as np

UNITS = 5
TIMESTEPS = 60
SPACING = 0.2  # radians between two samples of the sine
DELTA, TOLERANCE = 1e-5, 1e-7  # of the question's check


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def parameters(seed, units=UNITS, forget_bias=0.0, dtype=np.float64):
    """A dict of 4 units (units + 2) + units + 1 numbers: 146 for 5 units.

    The weights are normal with a standard deviation of √(2 / units); the biases are 0, but bf.
    W… are [1 + units, units] (the row of x first), b… [units], Wy [units, 1] and by [1].
    """
    rng = np.random.default_rng(seed)
    p = {}
    for gate in "fico":
        p["W" + gate] = rng.standard_normal((1 + units, units)) * np.sqrt(2 / units)
        p["b" + gate] = np.full(units, forget_bias if gate == "f" else 0.0)
    p["Wy"] = rng.standard_normal((units, 1)) * np.sqrt(2 / units)
    p["by"] = np.zeros(1)
    return {name: values.astype(dtype) for name, values in p.items()}


def copied(p):
    """Parameters equal to p, whose change leaves p alone."""
    return {name: values.copy() for name, values in p.items()}


def start(p):
    """The state before the first step, h and c: zeros [units]."""
    return np.zeros_like(p["bf"]), np.zeros_like(p["bf"])


def step(x, h, c, p):
    """One step: x [1], h and c [units] -> y [1], the new h and c, and a cache."""
    X = np.concatenate([x, h])  # [1 + units]
    f = sigmoid(X @ p["Wf"] + p["bf"])
    i = sigmoid(X @ p["Wi"] + p["bi"])
    g = np.tanh(X @ p["Wc"] + p["bc"])
    o = sigmoid(X @ p["Wo"] + p["bo"])
    c_old, c = c, f * c + i * g
    h = o * np.tanh(c)
    y = h @ p["Wy"] + p["by"]
    return y, h, c, (X, c_old, f, i, g, o, c, h)


def step_back(dy, dh, dc, cache, p, grads):
    """The same step backwards: adds to grads, returns dh and dc of the step before.

    dy [1] is the gradient of the loss in this step's y; dh and dc [units] are what
    the later steps say of the state that this step left to them.
    """
    X, c_old, f, i, g, o, c, h = cache
    grads["Wy"] += np.outer(h, dy)
    grads["by"] += dy
    dh = dh + p["Wy"] @ dy
    dc = dc + dh * o * (1 - np.tanh(c) ** 2)
    gates = {
        "f": dc * c_old * f * (1 - f),
        "i": dc * g * i * (1 - i),
        "c": dc * i * (1 - g**2),
        "o": dh * np.tanh(c) * o * (1 - o),
    }
    for gate, dz in gates.items():
        grads["W" + gate] += np.outer(X, dz)
        grads["b" + gate] += dz
    dX = sum(p["W" + gate] @ dz for gate, dz in gates.items())  # [1 + units]
    return dX[1:], dc * f


def forward(inputs, h, c, p):
    """All steps: inputs [T, 1] -> outputs [T, 1], the last h and c [units], a list of T caches."""
    outputs, caches = [], []
    for x in inputs:
        y, h, c, cache = step(x, h, c, p)
        outputs.append(y)
        caches.append(cache)
    return np.array(outputs), h, c, caches


def loss(outputs, targets):
    """The squared errors, summed over time."""
    return np.sum((outputs - targets) ** 2)


def backward(outputs, targets, caches, p):
    """The gradient of the loss in every parameter: a dict like p."""
    grads = {name: np.zeros_like(values) for name, values in p.items()}
    dh, dc = start(p)
    for t in reversed(range(len(caches))):
        dy = 2 * (outputs[t] - targets[t])
        dh, dc = step_back(dy, dh, dc, caches[t], p, grads)
    return grads


def pairs(signal):
    """Inputs and targets of a signal [n], as the question made them: [n, 1] each."""
    signal = np.asarray(signal)
    return signal.reshape(-1, 1), np.roll(signal, 1).reshape(-1, 1)


def next_pairs(signal):
    """Inputs and targets as they were meant, each target the sample after: [n − 1, 1] each."""
    signal = np.asarray(signal)
    return signal[:-1].reshape(-1, 1), signal[1:].reshape(-1, 1)


def sine(timesteps=TIMESTEPS):
    """The question's task: pairs of a sine, inputs and targets [timesteps, 1]."""
    return pairs(np.sin(SPACING * np.arange(1, timesteps + 1)))


def train(p, inputs, targets, rounds=100, learning_rate=0.005):
    """Gradient descent on p, which is changed. Returns the loss before each round, [rounds]."""
    losses = []
    for _ in range(rounds):
        outputs, _, _, caches = forward(inputs, *start(p), p)
        losses.append(loss(outputs, targets))
        grads = backward(outputs, targets, caches, p)
        for name in p:
            p[name] -= learning_rate * grads[name]
    return np.array(losses)


def check_grad(backward, inputs, targets, p, delta=1e-5, tolerance=1e-7):
    """The question's gradient check: does backward agree with central differences?"""
    h, c = start(p)
    outputs, h, c, caches = forward(inputs, h, c, p)
    grads = backward(outputs, targets, caches, p)
    for name, values in p.items():
        for k in range(values.size):
            old = values.flat[k]
            values.flat[k] = old + delta
            plus = loss(forward(inputs, h, c, p)[0], targets)
            values.flat[k] = old - delta
            minus = loss(forward(inputs, h, c, p)[0], targets)
            values.flat[k] = old
            analytic, numerical = grads[name].flat[k], (plus - minus) / (2 * delta)
            if abs(analytic - numerical) / abs(analytic + numerical) > tolerance:
                return False
    return True
