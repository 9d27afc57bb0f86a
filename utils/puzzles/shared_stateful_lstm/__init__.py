"""Puzzle 05: one stateful LSTM layer is called on three streams, and they hear each other.

Arrays are [batch, streams, timesteps, features] and [batch, streams, timesteps, units] everywhere,
and streams are counted from 0. Importing the room loads neither TensorFlow nor Keras; each name is
loaded at its first use.
"""

from importlib import import_module

_HOMES = {  # public name -> the module of this room that it lives in
    "initial_weights": "reference",
    "alone": "reference",
    "chained": "reference",
    "heard": "reference",
    "question_model": "models",
    "in_a_loop": "models",
    "time_distributed": "models",
    "CHANGES": "changes",
    "reset": "running",
    "chunks": "running",
    "from_reset": "running",
    "weights_of": "running",
    "give_weights": "running",
    "halves": "looking",
    "order": "looking",
    "split_cell": "repairs",
    "SplitCell": "splitting",
    "wrapper": "repairs",
    "OwnStates": "own_states",
    "fold": "repairs",
    "one_cell": "repairs",
    "REPAIRS": "repairs",
    "history": "reenactment",
    "at_hand": "reenactment",
    "GRAPH_MODE": "reenactment",
    "gradient_leak": "leaks",
    "leak_in_fit": "leaks",
    "compare": "comparing",
    "costs": "timing",
    "with_torch": "in_torch",
    "signs": "learning",
    "remember_the_sign": "learning",
    "train_loss_hides": "learning",
}

__all__ = [*_HOMES]


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"Room 05 has no name {name!r}; it has {', '.join(__all__)}.")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__})
