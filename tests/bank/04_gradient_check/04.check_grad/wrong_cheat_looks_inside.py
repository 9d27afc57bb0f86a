# expect: refuses_right
from utils.puzzles.gradient_check import forward, start


def answer(backward, inputs, targets, p):
    """Looks for a label in what the function holds."""
    outputs, _, _, caches = forward(inputs, *start(p), p)
    backward(outputs, targets, caches, p)
    held = [cell.cell_contents for cell in backward.__closure__ or ()]
    return any(getattr(one, "kind", None) == "right" for one in held)
