"""All instruments on one model and one batch: what they find, and what nobody looked at."""

from .diagnosis import Diagnosis, Told
from .examining import diagnose

__all__ = ["Diagnosis", "Told", "diagnose"]
