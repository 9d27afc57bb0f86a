"""Numbers and lists of numbers in words, for the sentences beneath the pictures."""

_WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()


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
