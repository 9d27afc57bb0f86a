"""Who hears whom: along the batch, along time, and among the features. One question, `axes`."""

from .looking import axes

__all__ = ["axes"]
