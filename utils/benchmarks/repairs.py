"""The repairs of puzzle 05 against the question's layer in a loop, in CPU seconds.

Everything runs in one process. In each turn a repair and the loop are called alternately. Compiling
is not counted.
"""

from functools import partial

from utils.puzzles.shared_stateful_lstm import timing
from utils.warming_up import load_quietly

TURNS = 7


def report(turns=None, say=print):
    """Measure and print, each row once it is there: the small size, then the big one."""
    load_quietly()
    say = partial(say, flush=True)
    turns = turns or TURNS
    for name, (batch, streams, timesteps, features, units) in timing.SIZES.items():
        say(
            f"{name}: batch {batch}, {streams} streams, {timesteps} timesteps, {features} "
            f"features, {units} units; CPU time over the loop's, median and range of {turns} turns"
        )
        predict, step = timing.WORK
        say(f"{'':6}{'repair':<14}{predict:>24}{step:>24}")
        for cost in timing.measured(name, turns, say=lambda line: None):
            repair, *ratios = cost.cells()
            say(f"{'':6}{repair:<14}" + "".join(f"{cell:>24}" for cell in ratios))
        say("")
