"""Gradients against differences, array by array and number by number."""

from dataclasses import dataclass, replace

import numpy as np

from .slopes import norm

ENOUGH = 8  # numbers that stay off, or blunt, with all steps
LEFT = 1e-2  # of what is between two sides, if a factor explains it


@dataclass(frozen=True)
class Block:
    """One array of the parameters, its gradients and the differences of the loss."""

    name: str
    shape: tuple[int, ...]
    numbers: np.ndarray  # [looked at] which of its numbers, flat
    analytic: np.ndarray  # [looked at] what the gradients say
    numerical: np.ndarray  # [looked at] what the differences say
    bounds: np.ndarray  # [looked at] how far those may be off, by truncation and round-off
    off: np.ndarray  # [looked at] of bool: beyond doubt
    on_edge: np.ndarray  # [looked at] of bool: at a kink or a jump, with no one slope to compare
    off_together: bool = False  # along a direction through all of its numbers
    remark: str = ""  # what the two sides have in common where they differ

    @property
    def wrong(self):
        """Whether its gradients are not those of the loss."""
        return bool(self.off.any()) or self.off_together

    @property
    def size(self):
        """The sum of the norms of both sides."""
        return norm(self.analytic) + norm(self.numerical)

    @property
    def apart(self):
        """[looked at] how far the two sides are from each other."""
        return np.abs(self.numerical - self.analytic)

    @property
    def error(self):
        """The norm of what is between the two sides, over the sum of their norms."""
        return share(norm(np.where(self.on_edge, 0, self.apart)), self.size)

    @property
    def bound(self):
        """How large that may be by truncation and round-off."""
        return share(norm(np.where(self.on_edge, 0, self.bounds)), self.size)

    @property
    def zero(self):
        """Whether its gradients are exactly 0, and so are the differences, to rounding."""
        return not self.analytic.any() and norm(self.numerical) <= norm(self.bounds)

    @property
    def worst(self):
        """The position of the number that is furthest off, its gradient and its difference."""
        k = int(np.argmax(np.where(self.off, self.apart, 0)))
        place = tuple(map(int, np.unravel_index(self.numbers[k], self.shape)))
        return place, float(self.analytic[k]), float(self.numerical[k])


def compare(steps, names, around, sample):
    """Compare array by array -> Blocks, the Slopes of all numbers, and notes of what was left out.

    around: which of the steps to try. sample: how many numbers to look at, None for what time
    allows.
    """
    chosen, notes = _chosen(steps, len(steps.deltas[around]), sample)
    slopes = {a: _slopes(steps, [steps.single(a, n) for n in chosen[a]], around) for a in chosen}
    together = _slopes(steps, [steps.through([a]) for a in chosen], around)
    found = [
        _block(names[a], steps.start[a].shape, numbers, slopes[a], along.off)
        for (a, numbers), along in zip(chosen.items(), together, strict=True)
    ]
    return found, [slope for some in slopes.values() for slope in some], notes


def common_factor(blocks):
    """What all gradients would have to be multiplied by to be right, if there is such a number."""
    factors = [_factor(b) for b in blocks if not b.zero]
    if not factors or None in factors:
        return None
    factor = float(np.mean(factors))
    return factor if np.ptp(factors) <= LEFT * abs(factor - 1) else None


def _chosen(steps, deltas, sample):
    """Which numbers of which arrays are looked at one by one, and what is said of that."""
    sizes = {a: array.size for a, array in enumerate(steps.start) if array.size}
    room = max(steps.calls_left, 2 * steps.calls // 3) // (2 * deltas)
    notes = []
    if 2 * len(sizes) > room:  # a line through each array, and one number of it
        kept = [*sizes][:: -(-2 * len(sizes) // room)]
        notes.append(f"Of {len(sizes)} arrays only {len(kept)} were looked at by themselves.")
        sizes = {a: sizes[a] for a in kept}
    room = room - len(sizes) if sample is None else int(sample)
    quota, ahead = {}, sorted(sizes, key=sizes.get)
    for k, a in enumerate(ahead):  # from the smallest: what one leaves is the others'
        quota[a] = max(1, min(sizes[a], (room - sum(quota.values())) // (len(ahead) - k)))
    chosen = {
        a: np.arange(n) if quota[a] == n else np.sort(steps.rng.choice(n, quota[a], replace=False))
        for a, n in sizes.items()
    }
    total, looked_at = sum(array.size for array in steps.start), sum(quota.values())
    if looked_at < total:
        notes.append(
            f"Of {total:,} numbers {looked_at:,} were looked at one by one, chosen at random; all "
            "of them together along random directions."
        )
    return chosen, notes


def _slopes(steps, lines, around):
    """The Slope along each line; those that are off, or blunt, are tried with all steps."""
    few = steps.deltas[around]
    slopes = [_slope(steps, line, few) for line in lines]
    for doubtful in ("off", "blunt"):
        confirmed = 0
        for k, slope in enumerate(slopes):
            if getattr(slope, doubtful) and confirmed < ENOUGH and steps.calls_left > 0:
                slopes[k] = _slope(steps, lines[k], steps.deltas)
                confirmed += getattr(slopes[k], doubtful)
    return slopes


def _slope(steps, line, deltas):
    return steps.slope(line, steps.along(line, deltas))


def _block(name, shape, numbers, slopes, off_together):
    table = [(s.expected, s.found, s.bound, s.off, s.on_edge) for s in slopes]
    analytic, numerical, bounds, off, on_edge = np.array(table, float).T
    lost = ~np.isfinite(numerical)
    numerical = np.where(lost, analytic, numerical)
    block = Block(
        name,
        shape,
        np.asarray(numbers),
        analytic,
        numerical,
        np.where(lost, np.inf, bounds),
        off > 0,
        on_edge > 0,
        off_together,
    )
    return replace(block, remark=_remark(block)) if block.wrong else block


def _remark(block):
    """What gradients that are wrong have in common with the right ones."""
    bound = norm(block.bounds)
    if not block.analytic.any():
        return "the gradient is 0 throughout"
    if norm(block.numerical) <= bound:
        return "the loss does not change with it"
    if (factor := _factor(block)) is not None:
        return f"the loss is {factor:.4g} times as steep"
    square = len(block.shape) == 2 and block.shape[0] == block.shape[1] > 1
    if square and len(block.analytic) == np.prod(block.shape):
        turned = block.analytic.reshape(block.shape).T.ravel()
        if norm(turned - block.numerical) <= bound + LEFT * norm(block.apart):
            return "the gradient is transposed"
    return ""


def _factor(block):
    """numerical / analytic, if they are multiples of each other, and not the same."""
    a, n = block.analytic, block.numerical
    if np.mean(block.off) < 0.5 or len(a) < 2 or not a.any():
        return None
    size = norm(a)
    factor = float((a / size) @ (n / size))
    close = norm(n - factor * a) <= norm(block.bounds) + LEFT * norm(n - a)
    return factor if factor and close else None


def share(part, whole):
    """Of the whole; 0 of nothing."""
    return part / whole if whole else (0.0 if not part else float("inf"))
