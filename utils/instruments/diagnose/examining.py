"""Ask every instrument about one model, each in its share of the time."""

import sys
import time
from contextlib import contextmanager

from utils.error_text import text_of

from ..quiet import quietly
from ..seeds import global_seeds_kept
from ..untouched import untouched
from .asking import asked, owner_of
from .batch import CannotAsk
from .diagnosis import Diagnosis, Told
from .overlap import told_once
from .parts import PARTS, SPREAD, Intent

SECONDS = 5.0
LATE = 5  # times the seconds: after that nobody is asked any more of a large model
LARGE = 10  # answers of a large model take all the seconds


def diagnose(model, x, y=None, *, causal=None, time_major=False, quiet=None, seconds=SECONDS):
    """Point all instruments at a model: what is wrong, what may be, what was not looked at.

    model: a Keras 3 model, compiled or not, built or not; or a function from arrays to arrays, of
        which less can be asked. x, y: one batch as for `fit`, arrays or nests of them, [rows, …];
        or a tf.data.Dataset or PyDataset as x, of which the first batch is taken.
    causal: True declares that output t must not hear inputs after t.
    time_major: True declares that x, and an answer that is a sequence, are [timesteps, batch, …].
    quiet: True declares that predict must answer the same each time, False that noise is meant.
    seconds: how long it may take, the tracing of graphs and a first answer not counted.

    Returns a Diagnosis, for a model or data that can't be asked too: then its fault says why. The
    model is left bit for bit as it was, also when it raises or is interrupted. Raises TypeError for
    what can't be called, and ValueError for seconds that are no positive number.
    """
    if isinstance(seconds, bool) or not seconds > 0:
        raise ValueError(f"seconds is {seconds!r}; expected a positive number, such as {SECONDS}.")
    intent, model = Intent(causal, bool(time_major), quiet), owner_of(model)
    with _left_alone(model):
        try:
            question = asked(model, x, y, intent.time_major, seconds)
        except CannotAsk as end:
            nothing = "No instrument was asked: that has to be mended first."
            return Diagnosis(found=_told("", [end.finding]), not_seen=(nothing,))
        reports, failed, spent, traced = _ask_all(question, intent, seconds)
    found = [*_told("", question.batch.found)]
    for name, report in reports.items():
        found += _told(name, report.found)
    not_seen = [(name, words) for name, report in reports.items() for words in report.not_seen]
    return Diagnosis(
        reports,
        told_once(found),
        (*_alone(question, intent), *_by_words([*not_seen, *failed]), SPREAD),
        spent,
        traced,
    )


@contextmanager
def _left_alone(model):
    """As the instruments leave it, and once more around all of them."""
    keras = sys.modules.get("keras")
    if keras is not None and isinstance(model, keras.Layer):
        with untouched(model):
            yield
    else:
        with global_seeds_kept(), quietly():
            yield


def _ask_all(question, intent, seconds):
    """Reports, what could not be looked at, seconds by instrument, and seconds of tracing."""
    reports, failed, spent, traced, used = {}, [], {}, 0.0, 0.0
    for k, part in enumerate(PARTS):
        if part.why_not and not question.keras:
            failed.append((part.name, f"Not asked: {part.why_not}."))
            if part.instead:
                reports[part.name] = part.instead(question)
            continue
        if used > LATE * seconds and question.once > seconds / LARGE:
            words = (
                f"{used:.0f} s were gone before its turn, since one answer of this model takes "
                f"{question.once:.2g} s; seconds={2 * used:.0f} includes it."
            )
            failed.append((part.name, words))
            continue
        nominal, after = seconds * part.share / _shares(PARTS), _shares(PARTS[k:])
        clock = _Clock()
        try:
            share = max((seconds - used) * part.share / after, nominal)
            reports[part.name] = part.ask(question, intent, share)
        except Exception as error:
            failed.append((part.name, _stopped(error)))
        spent[part.name], tracing, own = clock.read()
        traced, used = traced + tracing, used + own
    return reports, failed, spent, traced


def _shares(parts):
    return sum(part.share for part in parts)


class _Clock:
    """Seconds since it was made."""

    def __init__(self):
        self.began = time.perf_counter(), time.process_time(), _tracing()

    def read(self):
        """Seconds without tracing; of tracing; and those that count against the limit: no more
        than this process got, since a busy machine shall cost no instrument its turn."""
        now = time.perf_counter(), time.process_time(), _tracing()
        wall, own, tracing = (b - a for a, b in zip(self.began, now, strict=True))
        return max(0.0, wall - tracing), tracing, max(0.0, min(wall, own) - tracing)


def _tracing():
    """Seconds that TensorFlow has taken to trace graphs, by its own count; 0 where it has none."""
    name = "tensorflow.python.eager.polymorphic_function.tracing_compilation"
    counter = getattr(sys.modules.get(name), "_graph_building_time_counter", None)
    return counter.get_cell().value() / 1e6 if counter else 0.0


def _stopped(error):
    """Why an instrument has no report: its own sentence, or the exception's name besides."""
    words = text_of(error)
    if isinstance(error, ValueError | TypeError | RuntimeError) and words:
        return words
    return f"It stopped at {type(error).__name__}: {words.rstrip('.') or 'without a word'}."


def _told(name, findings):
    return tuple(
        Told(finding.name, finding.words, finding.level, instrument=name) for finding in findings
    )


def _alone(question, intent):
    """What this batch leaves unseen, whoever looks."""
    yield from question.batch.notes
    if not question.keras:
        yield "A function is called as it is: what it changes outside of itself stays changed."
    if question.keras and question.batch.rows(intent.time_major) == 1:
        yield (
            "x has one row: whether samples hear each other, and whether each answer is compared "
            "with its own target, can't be seen with fewer than two."
        )


def _by_words(pairs):
    """Each sentence once, after the names of those who say it."""
    names = {}
    for name, words in pairs:
        names.setdefault(words, []).append(name)
    return [f"{', '.join(dict.fromkeys(by))}: {words}" for words, by in names.items()]
