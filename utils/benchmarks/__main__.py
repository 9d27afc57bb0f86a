"""Measure, and print each row of the tables as it comes; fails only if a tool is missing.

trainer: the trainer of dense networks against Keras' `fit`. gradcheck: a gradient check of all
parameters at once against the loop. repairs: those of lesson 05 against the naive loop. diagnose:
each part of it, on models of the course and on public ones. latency: from key to paint, each
explorer against `interactive_output`. All of them if none is named.
"""

import argparse
import sys

from utils.benchmarks import diagnose, gradient_check, latency, repairs, trainer
from utils.benchmarks.browser import Missing

PARTS = ("trainer", "gradcheck", "repairs", "diagnose", "latency")


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m utils.benchmarks", description=__doc__)
    parser.add_argument("what", nargs="*", metavar=" | ".join(PARTS), default=PARTS)
    parser.add_argument("--full", action="store_true", help="the trainer at full scale, too")
    parser.add_argument("--turns", type=int, help="of each that is compared")
    parser.add_argument("--fits", type=int, help="complete fits of Keras in a turn")
    parser.add_argument("--keys", type=int, default=40, help="key presses in each row of latency")
    parser.add_argument(
        "--only", action="append", default=[], metavar="KEY", help="an explorer, such as 02.op_seed"
    )
    wanted = parser.parse_args(arguments)
    unknown = set(wanted.what) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    parts = ["latency"] if wanted.only and wanted.what == PARTS else wanted.what
    try:
        latency.chosen(wanted.only)
    except ValueError as error:
        parser.error(str(error))
    try:
        if "trainer" in parts:
            trainer.report(wanted.full, wanted.turns, wanted.fits)
        if "gradcheck" in parts:
            gradient_check.report(wanted.turns)
        if "repairs" in parts:
            repairs.report(wanted.turns)
        if "diagnose" in parts:
            diagnose.report(wanted.turns)
        if "latency" in parts:
            latency.report(wanted.keys, wanted.only)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
