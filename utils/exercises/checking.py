"""`check` and `hint`: what the learner calls, and what is shown for it."""

import difflib

from utils.error_text import without_colours
from utils.exercises import messages, registry, remembering, running
from utils.exercises.calling import holds_ellipsis
from utils.exercises.exercise import Verdict, unanswered
from utils.exercises.showing import Note, loaded, show
from utils.shell import in_ipython

_MISSING = object()
_TITLES = {"right": "right", "not_yet": "not yet", "unanswered": "not answered yet"}
_said = set()  # what is worth saying once in a kernel's life


def check(exercise_id=_MISSING, answer=_MISSING):
    """Judges your answer to an exercise and shows what it does: `check("01.arrange", arrange)`.

    The answer runs in a process of its own, so nothing that it does can harm your notebook.
    """
    exercise = _find(exercise_id, answer)
    if exercise is None:
        return
    if holds_ellipsis(answer):
        ruling = running.Ruling(unanswered())
    else:
        ruling = running.run(exercise, answer)
    outcome, text = _outcome(exercise, ruling)
    _remember(exercise, ruling.verdict if outcome != "fault" else None)
    quote = ("What your answer printed:", _printed(ruling))
    if outcome == "fault":
        quote = ("For the course's authors:", text)
        text = messages.FAULT.format(id=exercise.id)
    title = f"Exercise {exercise.id}: {_TITLES.get(outcome, 'the check broke')}"
    offer = (f'`hint("{exercise.id}")` shows a step further.',) if outcome == "not_yet" else ()
    paragraphs = (text, *_asides(ruling), *offer, *remembering.words())
    message = ruling.verdict.message if ruling.verdict else ""
    note = Note(outcome, title, paragraphs, *(quote if quote[1] else ()))
    show(note, exercise=exercise.id, outcome=outcome, message=message)


def hint(exercise_id=_MISSING):
    """Shows the next hint of an exercise: `hint("01.arrange")`; each call goes one rung further."""
    exercise = _find(exercise_id, call="hint")
    if exercise is None:
        return
    rung, number, total = _climb(exercise)
    if rung is None:
        text = (
            f"You have seen all {total} hints. The full solution, with the reasons, is in the "
            f"folder `solutions`, in the notebook whose name begins with {exercise.id[:2]}."
        )
        note = Note("note", f"No further hint for {exercise.id}", (text, *remembering.words()))
    else:
        title = f"Hint {number} of {total} for {exercise.id}"
        note = Note("note", title, (rung, *remembering.words()))
    show(note, exercise=exercise.id, hint=number)


def _outcome(exercise, ruling):
    """(outcome, text) of a ruling; the outcome is "fault" if the course itself is to blame."""
    if ruling.fault:
        return "fault", ruling.fault
    if ruling.verdict.outcome == "unanswered":
        return "unanswered", f"{exercise.task} Replace the `...` in the cell, then run it again."
    try:
        return ruling.verdict.outcome, messages.words(exercise, ruling.verdict)
    except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
        return "fault", f"The message {ruling.verdict.message!r} cannot be worded: {error!r}"


def _printed(ruling):
    lines = without_colours(ruling.output).splitlines()
    if len(lines) > 12 or ruling.printed > len(ruling.output.encode()):
        return "\n".join([*(line[:200] for line in lines[:12]), "… and more"])
    return "\n".join(line[:200] for line in lines)


def _asides(ruling):
    slow = [name for name, seconds in ruling.imports.items() if seconds > 1]
    if slow and "imports" not in _said:
        _said.add("imports")
        spent = sum(ruling.imports.values())
        yield (
            f"Your answer imports {' and '.join(slow)}, which took {spent:.0f} s in the process "
            "that checks it. That time does not count, and each check spends it anew."
        )


def _remember(exercise, verdict: Verdict | None):
    if verdict is None or verdict.outcome == "unanswered":
        return

    def change(state):
        mine = remembering.exercise_record(state, exercise.id)
        mine["tries"] += 1
        mine["message"] = verdict.message
        if mine["outcome"] != "right":  # once solved, solved
            mine["outcome"] = verdict.outcome

    remembering.record(change)


def _climb(exercise):
    """(text, k, n): the next rung, its number, how many there are; text is None after the last."""
    found = []

    def change(state):
        mine = remembering.exercise_record(state, exercise.id)
        rungs = {f"#{number}": text for number, text in enumerate(exercise.hints)}
        fitting = exercise.hints_for.get(mine["message"])
        if fitting:  # the wrong answer recognised last has the word first
            rungs = {mine["message"]: fitting, **rungs}
        seen = [key for key in mine["rungs"] if key in rungs or key in exercise.hints_for]
        ahead = [key for key in rungs if key not in seen]
        found[:] = [rungs[ahead[0]] if ahead else None, len(seen) + bool(ahead)]
        found.append(len(seen) + len(ahead))
        mine["rungs"] = seen + ahead[:1]

    remembering.record(change)
    return tuple(found)


def _find(exercise_id, answer=None, call="check"):
    """The exercise, or None after saying what is wrong with the call."""
    known = loaded(registry.exercises, "exercises")
    if known is None:
        return None
    problem = _misuse(known, exercise_id, answer, call)
    if problem:
        show(Note("note", f"`{call}` needs something else", (problem,)))
        return None
    if in_ipython():
        running.expect(exercise_id[:2])
    return known[exercise_id]


def _misuse(known, exercise_id, answer, call):
    example = f'`{call}("01.arrange"{", arrange" if call == "check" else ""})`'
    if type(exercise_id) is not str and type(answer) is str and answer in known:
        return f"The exercise's id comes first and the answer second: {example}."
    if exercise_id is _MISSING:
        return f"It needs the exercise's id: {example}."
    if type(exercise_id) is not str:
        return f"The first thing must be the exercise's id, as a text: {example}."
    if exercise_id not in known:
        near = difflib.get_close_matches(exercise_id, known, n=3, cutoff=0.4) or list(known)
        names = ", ".join(f"`{name}`" for name in near)
        return f"There is no exercise `{exercise_id[:60]}`. The nearest ids are {names}."
    if answer is _MISSING:
        return (
            f'It needs your answer after the id: `check("{exercise_id}", …)`, with the name of '
            f"what you wrote. This exercise asks for {known[exercise_id].expects}."
        )
    return None
