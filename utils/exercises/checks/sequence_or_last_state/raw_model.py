"""The raw model in NumPy and float64, with every convention open to be changed."""

import numpy as np

GATES = ("input", "cell", "forget", "output")  # the blocks of the raw kernel


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def states(
    x, kernel, bias, added=(0, 0, 1, 0), activations=(sigmoid, np.tanh, np.tanh), cell=False
):
    """h at each time step, [N, timesteps, units]; or the cell's state c, if `cell`.

    x: [N, timesteps, 1]. kernel: [1 + units, 4 · units], the row for x first. bias: [4 · units].
    `added` goes to the gates of GATES before their activations, which are those of the three gates,
    of the new content and of the output.
    """
    gate, content, output = activations
    units = len(bias) // 4
    h = c = np.zeros((len(x), units))
    hs, cs = [], []
    for t in range(x.shape[1]):
        summed = np.concatenate([x[:, t].astype(float), h], axis=1) @ kernel + bias
        i, j, f, o = (part + more for part, more in zip(np.split(summed, 4, 1), added, strict=True))
        c = gate(f) * c + gate(i) * content(j)
        h = gate(o) * output(c)
        hs.append(h)
        cs.append(c)
    return np.stack(cs if cell else hs, axis=1)
