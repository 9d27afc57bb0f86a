"""What is wrong with a run of an edition: each fault a sentence with its place in lessons/*.py.

Solved, every check says right. Untouched, every check says unanswered, and nothing is given away.
"""

import html
import re
import string

from utils.building.answers import reference_answers
from utils.building.editions import build
from utils.building.linting_cells import ALT

NOISE = re.compile(r"tensorflow|cuda|onednn|absl|\bTF_|XLA|retracing", re.IGNORECASE)
IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
TELLING = 16  # characters that a text needs before finding it again means something


def faults(run, secrets=()):
    """The faults of a `Run`, [] where it is as it should be.

    `secrets` are texts that an untouched notebook must not show: hints and explanations. The
    answers of the lesson itself are looked for in any case.
    """
    if run.failure:
        return [run.failure]
    found = []
    for cell in run.cells:
        texts = dict.fromkeys(_faults_of_cell(cell))  # the same thing twice is one fault
        found += [f"{run.where(cell.line)}: {text}" for text in texts]
    found += _faults_of_outcomes(run)
    found += _faults_seen(run)
    if run.edition == "learner":
        found += _given_away(run, secrets)
    return found


def outcomes(run):
    """(exercise id, outcome, line) for each verdict that the run's outputs carry, in order."""
    told = []
    for cell in run.cells:
        for output in cell.outputs:
            course = output.get("metadata", {}).get("course", {})
            if "outcome" in course:
                told.append((course.get("exercise"), course["outcome"], cell.line))
    return told


def secrets_of(exercises):
    """The texts of exercises' hints and explanations that an untouched notebook must not show."""
    texts = []
    for exercise in exercises:
        texts += [*exercise.hints, *exercise.hints_for.values()]
        # Of a template with {facts}, its longest literal part.
        parts = [part for part, *_ in string.Formatter().parse(exercise.explanation)]
        texts.append(max(parts, key=len, default=""))
    return [text for text in texts if len(text.strip()) >= TELLING]


def _faults_of_cell(cell):
    errors = [out for out in cell.outputs if out.output_type == "error"]
    declared = cell.metadata.get("raises")
    if declared:
        kind, _, message = declared.partition(": ")
        if not errors:
            yield f"this cell should raise {declared!r}, but it does not."
        for error in errors:
            if error.ename != kind or message not in error.evalue:
                raised = f"{error.ename}: {error.evalue}"
                yield f"this cell should raise {declared!r}, but raises {raised!r}."
    stderr = "".join(out.text for out in cell.outputs if out.get("name") == "stderr").strip()
    if stderr:
        yield f"this cell writes to stderr: {stderr.splitlines()[0]!r}. A learner sees red."
    for output in cell.outputs:
        data = output.get("data", {})
        page = _joined(data.get("text/html", ""))
        bare = any(kind.startswith("image/") for kind in data) and not IMAGE.search(page)
        if bare or any(not ALT.search(tag) for tag in IMAGE.findall(page)):
            yield "this cell shows a picture without alternative text. Show it as HTML with alt=."


def _faults_of_outcomes(run):
    wanted = "right" if run.edition == "solution" else "unanswered"
    told = outcomes(run)
    for exercise, outcome, line in told:
        if outcome != wanted:
            state = "solved" if wanted == "right" else "untouched"
            yield f"{run.where(line)}: check({exercise!r}) says {outcome} of the {state} exercise."
    heard = {exercise for exercise, _, _ in told}
    for cell in run.cells:
        exercise = cell.metadata.get("exercise")
        if exercise is not None and exercise not in heard:
            yield f"{run.where(cell.line)}: no check told the outcome of {exercise}."


def _faults_seen(run):
    for event in run.seen:
        place, what = run.at(event["time"]), event["what"]
        if event["kind"] == "connection":
            yield f"{place}: a connection to {what} was tried. A lesson needs no network."
        elif not run.lesson.tensorflow:
            yield f"{place}: {what} is imported, but the header says tensorflow: false."
    noise = [line.strip() for line in run.noise.splitlines() if NOISE.search(line)]
    if noise:
        yield f"{run.where(1)}: the kernel writes to its terminal: {noise[0]!r}."


def _given_away(run, secrets):
    """Faults where an untouched notebook's outputs show an answer, a hint or an explanation."""
    own = _plain("\n".join(cell.text("learner") for cell in build(run.lesson).kept("learner")))
    answers = [
        line.strip()
        for text in reference_answers(run.lesson).values()
        for line in text.split("\n")
        if len(line.strip()) >= TELLING and _plain(line) not in own
    ]
    for cell in run.cells:
        shown = _plain("\n".join(_texts(cell.outputs)))
        for text in [*answers, *secrets]:
            if _plain(text) in shown and _plain(text) not in own:
                yield f"{run.where(cell.line)}: untouched, this cell's output gives away: {text!r}."


def _texts(outputs):
    """All that outputs show as text."""
    for output in outputs:
        yield _joined(output.get("text", ""))
        for kind, value in output.get("data", {}).items():
            if kind.startswith("text/"):
                yield _joined(value)


def _plain(text):
    """Text without markup and with single blanks, to find it again however it was laid out."""
    return " ".join(html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", " ", text)).split())


def _joined(text):
    return "".join(text) if isinstance(text, list) else text
