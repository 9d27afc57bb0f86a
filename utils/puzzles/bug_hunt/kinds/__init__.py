"""The kinds of faults, each with its instrument."""

from . import axes, gradients, masks, noise, shapes, states
from .kind import Kind

KINDS = {
    kind.key: kind
    for module in (axes, shapes, masks, noise, states, gradients)
    for kind in module.KINDS
}

__all__ = ["KINDS", "Kind"]
