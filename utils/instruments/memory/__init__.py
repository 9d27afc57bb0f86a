"""Is a state carried from one call to the next, is it reset, and whose is it?"""

from .ask import memory

__all__ = ["memory"]
