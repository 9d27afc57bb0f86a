"""The record of the question's experiment at full scale: 100,000 × 1001, twenty seeds an arm.

`make records ARGS=02.full_scale` trains it anew, which takes from some minutes to an hour.
"""

from .by_seed import SeedBySeed
from .training import Setting

RECORD, SETTING, SEEDS = "02_full_scale", Setting(), tuple(range(20))
_record = SeedBySeed(RECORD, SETTING, SEEDS, at_once=5)
settings, points = _record.settings, _record.points
measure, recorded = _record.measure, _record.recorded
