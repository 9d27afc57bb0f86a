"""The instruments: each asks one question of any model, and answers in a sentence and a picture."""

from .influence import Influence, influence

__all__ = ["Influence", "influence"]
