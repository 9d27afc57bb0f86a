"""python -m utils.training.record [01 02.grid …]: train what the sliders show as recorded.

Each finished grid point is kept at once: stopped and started again, it goes on where it was.
"""

import os
import sys
import time
from contextlib import suppress
from importlib import import_module

import numpy as np

from . import records

ROOMS = {
    "01": "utils.puzzles.time_major_lists",
    "02.grid": "utils.puzzles.dropout_and_seed.grid",
    "02.full_scale": "utils.puzzles.dropout_and_seed.full_scale",
    "02.history": "utils.puzzles.dropout_and_seed.reenactment",
    "02.many_seeds": "utils.puzzles.dropout_and_seed.many_seeds",
    "03.grid": "utils.puzzles.sequence_or_last_state.grid",
    "03.cures": "utils.puzzles.sequence_or_last_state.cures",
    "03.floors": "utils.puzzles.sequence_or_last_state.floors",
    "05.history": "utils.puzzles.shared_stateful_lstm.reenactment",
}


def main(arguments):
    unknown = set(arguments) - set(ROOMS)
    if unknown:
        print(f"No records for {', '.join(sorted(unknown))}; there are: {', '.join(ROOMS)}.")
        return 2
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    for number in arguments or ROOMS:
        record(import_module(ROOMS[number]))
    return 0


def record(room, path=None, say=print):
    """Train the whole grid of a puzzle's room and write its record.

    The room says what there is to train, `points()`, and measures one point, `measure(point)`, as a
    dict of arrays; `RECORD` is the record's name and `settings()` what its numbers depend on.
    """
    path = path or records.path_of(room.RECORD)
    unfinished = path.with_name(path.stem + ".unfinished.npz")
    points, measured = room.points(), {}
    with suppress(records.RecordError):
        measured = records.load(unfinished, room.RECORD, room.settings()).arrays
    if measured:
        say(f"Going on from {len(measured['done'])} of {len(points)} grid points.")
    began = time.monotonic()
    todo = range(len(measured.get("done", ())), len(points))
    for new, at in enumerate(todo, start=1):
        arrays = {"done": np.array(True), **room.measure(points[at])}
        for name, array in arrays.items():
            before = [measured[name]] if name in measured else []
            measured[name] = np.concatenate([*before, array[np.newaxis]])
        records.save(unfinished, room.RECORD, room.settings(), measured)
        left = (time.monotonic() - began) / new * (len(points) - at - 1)
        say(f"{at + 1}/{len(points)}  {points[at]}  about {left / 60:.1f} minutes left", flush=True)
    del measured["done"]
    records.save(path, room.RECORD, room.settings(), measured)
    unfinished.unlink()
    say(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
