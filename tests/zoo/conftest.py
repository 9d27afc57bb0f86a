"""What the zoo's tests tell at their end: who was found, who was missed, who was alarmed for."""

import pytest

SEEN = pytest.StashKey[list]()
PARTS = ("axes", "shapes", "masks", "noise", "memory", "gradients", "spread", "")


def pytest_configure(config):
    config.stash[SEEN] = []


@pytest.fixture
def seen(request):
    """`seen(specimen, faults, questions, seconds)`: lists of pairs (instrument, finding)."""

    def note(specimen, faults, questions, seconds):
        request.config.stash[SEEN].append((specimen, faults, questions, seconds))

    return note


def pytest_terminal_summary(terminalreporter, config):
    """Rates per instrument, each miss and each alarm by its name; also when tests failed."""
    seen = config.stash[SEEN]
    if seen:
        terminalreporter.section("the zoo", sep="-")
        for line in lines(seen):
            terminalreporter.write_line(line)


def lines(seen):
    """The table, and below it the names."""
    healthy = [entry for entry in seen if entry[0].healthy]
    named, rows = [], []
    for part in PARTS:
        faulty = [entry for entry in seen if entry[0].instrument == part and part]
        missed = [s.name for s, *told, _ in faulty if not s.found_in(*told)]
        alarms = [
            f"{s.name} ({name})" for s, faults, *_ in healthy for p, name in faults if p == part
        ]
        asked = [
            f"{s.name} ({name})"
            for s, _, questions, _ in healthy
            for p, name in questions
            if p == part and name not in s.findings
        ]
        if not faulty and not alarms and not asked and not part:
            continue
        caught = f"{len(faulty) - len(missed)} of {len(faulty)}" if faulty else "–"
        rate = f"{1 - len(missed) / len(faulty):.0%}" if faulty else ""
        rows.append((part or "diagnose", caught, rate, str(len(alarms)), str(len(asked))))
        for title, names in (("missed", missed), ("alarm", alarms), ("asked", asked)):
            named += [f"{title}: {part or 'diagnose'}: {name}" for name in names]
    heads = ("instrument", "found", "", f"alarms in {len(healthy)} healthy", "questions there")
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for row in (heads, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    yield from named
    slow = sorted(seen, key=lambda entry: -entry[3])[:3]
    total = sum(entry[3] for entry in seen)
    yield f"{len(seen)} models in {total:.0f} s of CPU; the longest: " + ", ".join(
        f"{s.name} ({seconds:.1f} s)" for s, *_, seconds in slow
    )
