"""The streams in PyTorch, where a state is an argument and a result."""

from importlib.util import find_spec

import numpy as np


def with_torch(weights, x, cuts=()):
    """Each stream by itself in `torch.nn.LSTM`, from an LSTM's three arrays as Keras orders them.

    x: [batch, streams, timesteps, features] -> [batch, streams, timesteps, units].
    cuts: timesteps before which x is cut into chunks, which are answered one after the other.
    Returns a sentence instead if PyTorch is not installed; the course does not need it.
    """
    if find_spec("torch") is None:
        return "PyTorch is not installed here, so there is nothing to compare. Nothing needs it."
    import torch

    from .running import chunks

    kernel, recurrent_kernel, bias = (torch.tensor(np.asarray(w)) for w in weights)
    lstm = torch.nn.LSTM(len(kernel), len(recurrent_kernel), batch_first=True, dtype=kernel.dtype)
    with torch.no_grad():
        lstm.weight_ih_l0.copy_(kernel.T)  # gates in Keras' order: input, forget, cell, output
        lstm.weight_hh_l0.copy_(recurrent_kernel.T)
        lstm.bias_ih_l0.copy_(bias)
        lstm.bias_hh_l0.zero_()
        outputs = []
        for stream in range(np.shape(x)[1]):
            state, said = None, []
            for chunk in chunks(x, cuts):
                y, state = lstm(torch.tensor(chunk[:, stream], dtype=kernel.dtype), state)
                said.append(y)  # [batch, timesteps, units]
            outputs.append(torch.cat(said, dim=1))
        return torch.stack(outputs, dim=1).numpy()
