"""Does every weight learn, and from the loss? One step of the model's own fit is listened to: which
gradients reach an optimizer, which do not, and what becomes of the weights.
"""

from .looking import gradients

__all__ = ["gradients"]
