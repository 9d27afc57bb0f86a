# expect: constant
import numpy as np


def answer(make):
    """Looks for a label in what the function holds."""
    make(np.arange(50.0))
    held = [cell.cell_contents for cell in make.__closure__ or ()]
    return any(getattr(one, "good", False) for one in held)
