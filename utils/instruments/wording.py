"""What an influence matrix says, in words."""

import numpy as np

ROWS_TOLD = 3  # when there is no rule to state


def describe(moved, poked):
    """One or two sentences on moved [inputs, outputs], of which only the inputs in poked count."""
    if not moved.any():
        return "No input moves any output."
    if moved[poked].all():
        return "Every input moves every output."
    rule = _rule(moved) if poked.all() and moved.shape[0] == moved.shape[1] else ""
    if rule:
        return f"{rule} {_row(moved, _telling(moved))}"
    telling = np.flatnonzero(moved.any(axis=1))[:ROWS_TOLD]
    return " ".join([*(_row(moved, i) for i in telling), *_silent(moved, poked)])


def _rule(moved):
    """A rule that the whole of a square matrix follows, or nothing."""
    n = len(moved)
    into, out = np.indices(moved.shape)
    ahead = out - into  # by how much the output is later than the input
    block = 1 + max(np.flatnonzero(moved[0] | moved[:, 0]), default=0)
    if n % block == 0:
        same = into // block == out // block
        within = f" within its block of {block}" if block < n else ""
        for pattern, text in _patterns(ahead, same, within, block):
            if np.array_equal(moved, pattern):
                return text
    stride = max([2, *np.flatnonzero(moved[0])[1:2]])  # to the second output that input 0 moves
    if np.array_equal(moved, (ahead >= 0) & (ahead % stride == 0)):
        return f"Each input moves its own output and every {_nth(stride)} one after it."
    first, last = ahead[moved].min(), ahead[moved].max()
    if np.array_equal(moved, (ahead >= first) & (ahead <= last)):
        heard = f"inputs {_t(-last)} to {_t(-first)}" if first < last else f"only input {_t(-last)}"
        return f"Output t hears {heard}." + _future(first)
    return ""


def _patterns(ahead, same, within, block):
    """Patterns and what they mean, all of them confined to blocks on the diagonal."""
    if block == 1:
        yield same, "Each input moves its own output and no other."
        return
    yield same & (ahead >= 0), f"Each input moves its own output and every later one{within}."
    yield same & (ahead <= 0), f"Each input moves its own output and every earlier one{within}."
    yield same & (ahead > 0), f"Each input moves every later output{within}, but not its own."
    yield same, f"Each input moves every output{within}."


def _future(first):
    return " It hears the future." if first < 0 else ""


def _t(offset):
    return "t" if offset == 0 else f"t{'+' if offset > 0 else '−'}{abs(offset)}"


def _nth(n):
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{'th' if n % 100 in (11, 12, 13) else ending}"


def _telling(moved):
    """An input that shows the rule well: one in the middle, and one that moves several outputs."""
    counts = moved.sum(axis=1)
    enough = np.flatnonzero(counts >= min(3, counts.max()))
    return enough[np.abs(enough - len(moved) / 3).argmin()]


def _row(moved, i):
    outputs = np.flatnonzero(moved[i])
    return f"Input {i} moves output{'s' if len(outputs) > 1 else ''} {_numbers(outputs)}."


def _silent(moved, poked):
    deaf, unheard = np.flatnonzero(~moved.any(axis=0)), np.flatnonzero(poked & ~moved.any(axis=1))
    if len(unheard):
        yield f"Nothing moves when input{_s(unheard)} {_numbers(unheard)} {_are(unheard)} poked."
    if len(deaf) and poked.all():
        yield f"Output{_s(deaf)} {_numbers(deaf)} never move{'' if len(deaf) > 1 else 's'}."


def _s(numbers):
    return "s" if len(numbers) > 1 else ""


def _are(numbers):
    return "are" if len(numbers) > 1 else "is"


def _numbers(numbers):
    """4, 5, 6, 7 -> 4 to 7; others one by one, the first few of many."""
    numbers = [int(n) for n in numbers]
    if len(numbers) > 3 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} to {numbers[-1]}"
    if len(numbers) > 8:
        return ", ".join(map(str, numbers[:6])) + f" and {len(numbers) - 6} more"
    return ", ".join(map(str, numbers))
