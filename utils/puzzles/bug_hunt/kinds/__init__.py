"""The kinds of faults, each with its instrument."""

from . import axes, gradients, noise, shapes
from .kind import Kind

KINDS = {
    kind.key: kind
    for module in (axes, shapes, noise, gradients)
    for kind in module.KINDS
}

__all__ = ["KINDS", "Kind"]
