"""Numbers and lists of numbers in words, for the sentences beneath the pictures."""

import numpy as np

_WORDS = [
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
]  # fmt: skip


def count(number, one, many=None):
    """`count(1, "input")` is "one input", `count(0, "input")` "no inputs"."""
    word = _WORDS[number] if number < len(_WORDS) else str(number)
    return f"{word} {one if number == 1 else many or one + 's'}"


def number_word(number):
    """`number_word(0)` is "none"; from thirteen on, digits."""
    if number == 0:
        return "none"
    return _WORDS[number] if number < len(_WORDS) else str(number)


def spans(numbers, thing):
    """`spans([1, 2, 3, 5], "input")` is "inputs 1–3 and 5"; an empty list is "no input"."""
    numbers = sorted(int(number) for number in numbers)
    if not numbers:
        return f"no {thing}"
    runs = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = []
    for first, last in runs:
        if last - first < 2:
            parts += [str(number) for number in range(first, last + 1)]
        else:
            parts.append(f"{first}–{last}")
    listed = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
    return f"{thing}{'s' if len(numbers) > 1 else ''} {listed}"


def inputs_heard(numbers):
    """Like `spans`, and `every third input from 0 to 99` for a long regular list."""
    steps = set(np.diff(numbers).tolist())
    if len(numbers) > 4 and len(steps) == 1 and (step := steps.pop()) > 1:
        every = _ORDINALS.get(step, f"{step}th")
        return f"every {every} input from {numbers[0]} to {numbers[-1]}"
    return spans(numbers, "input")


def groups_not_told_apart(table, apart=0.2):
    """Which classes get the same answer, in words: "classes 0 and 2 are not told apart".

    table: [classes, classes], a row for each true class. Two classes are told apart if more than
    the share `apart` of the probability goes elsewhere (the total variation distance).
    """
    groups = []
    for k, row in enumerate(table):
        alike = next((g for g in groups if abs(table[g[0]] - row).sum() / 2 <= apart), None)
        if alike:
            alike.append(k)
        else:
            groups.append([k])
    merged = [group for group in groups if len(group) > 1]
    if not merged:
        return f"all {number_word(len(table))} classes are told apart"
    if len(groups) == 1:
        return "no two classes are told apart"
    listed = [f"{', '.join(map(str, group[:-1]))} and {group[-1]}" for group in merged]
    if len(listed) == 1:
        return f"classes {listed[0]} are not told apart"
    return f"of the classes, neither {' nor '.join(listed)} are told apart"


_ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
