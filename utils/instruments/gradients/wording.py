"""How the sentences about gradients name things."""

TOLD = 4  # names; of more, the number


def listed(names, quoted=True):
    """“a”, “b” and “c”; the first few of many."""
    names = [f"“{name}”" if quoted else str(name) for name in names]
    if len(names) > TOLD:
        return f"{', '.join(names[: TOLD - 1])} and {len(names) - TOLD + 1} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
