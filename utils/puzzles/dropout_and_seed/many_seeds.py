"""The record behind "how many seeds": a small setting, 48 seeds an arm."""

from .by_seed import SeedBySeed
from .training import Setting

RECORD = "02_many_seeds"
SETTING = Setting(rows=4000, inputs=51, rows_a_window=2, learning_rate=1e-3)
SEEDS = tuple(range(48))
_record = SeedBySeed(RECORD, SETTING, SEEDS, at_once=12)
settings, points = _record.settings, _record.points
measure, recorded = _record.measure, _record.recorded
