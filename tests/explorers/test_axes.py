"""Which sliders keep the axes: the benchmark of latency asks more of those."""

from functools import cache
from importlib import import_module

import pytest

from utils.benchmarks.latency import ROWS
from utils.puzzles.dropout_and_seed import reenactment
from utils.training.records import RecordError


@cache
def explorer(room):
    return import_module(f"utils.explorers.{room}").explorer()


@pytest.mark.parametrize(("key", "room", "slider", "kept"), ROWS)
def test_a_row_of_the_benchmark_says_whether_its_slider_keeps_the_axes(
    key, room, slider, kept, monkeypatch
):
    def no_process(say):
        raise RecordError("Not in this test.")

    monkeypatch.setattr(reenactment, "history", no_process)
    shown = explorer(room)
    control = next(c for c in shown.controls.values() if c.description == slider)
    for panel in shown.panels:
        panel._backgrounds.clear()  # an earlier row may have been through these sizes
        panel.figure.stale = True
    shown._show(shown._turn)
    before, start = [panel.full_draws for panel in shown.panels], control.value
    options = getattr(control, "options", None) or (control.min, control.max)
    for end in (options[0], options[-1]):
        control.value = end[1] if isinstance(end, tuple) else end
    after = [panel.full_draws for panel in shown.panels]
    control.value = start
    assert (after == before) == kept
