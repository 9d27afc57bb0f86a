"""python -m utils.benchmarks [latency]: measure, print a table; fails only if a tool is missing."""

import argparse
import sys

from utils.benchmarks import latency
from utils.benchmarks.browser import Missing


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m utils.benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["latency"], default="latency")
    parser.add_argument("--keys", type=int, default=40, help="key presses in each row")
    chosen = parser.parse_args(arguments)
    try:
        print(latency.report(chosen.keys))
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
