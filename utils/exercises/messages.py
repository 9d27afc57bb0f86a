"""The frame's own messages, for what any answer may do, and the way a message gets its words.

Each says what we saw, why it matters, where to look; none says how to mend it.
"""

import linecache
from pathlib import Path

FRAME = {
    "raised": (
        "When {given}, your answer stopped with {error}{text}{at}. Nothing after that point ran, "
        "so there is no result to look at. Read the last line of the error first, then the values "
        "that reach that line.{folder}"
    ),
    "timeout": (
        "Your answer was still running after {seconds:g} seconds and was stopped; answers to this "
        "exercise take a small part of that. Look for a loop whose end never comes, or for a wait."
    ),
    "died": (
        "The process that ran your answer ended before the answer returned: {how}. Your notebook "
        "is unharmed. Look for a call that leaves Python, or for memory used past its end."
    ),
    "memory": (
        "Your answer asked for more memory than it may have, which is gigabytes, and was stopped. "
        "The inputs here are small, so something grows that should not. Look at the shapes of "
        "what you build, and at lists that a loop appends to."
    ),
    "processes": (
        "Your answer started dozens of processes or hundreds of threads and was stopped. One is "
        "enough here. Look for the line that starts them."
    ),
    "not_callable": (
        "You handed in {got}, and this exercise asks for {expects}. It is called several times "
        "with inputs of different sizes, which one fixed value cannot answer. Look at what "
        "stands after the comma in `check(…)`."
    ),
    "wrong_signature": (
        "Your answer is called with {wanted}, and the one you handed in takes `{got}`. "
        "So it could not be called at all. Compare its first line with the one you were given."
    ),
    "changed_arguments": (
        "When {given}, your answer changed what it was given in {which}. Whoever calls it still "
        "needs that: the next computation would start from altered data, without an error. Look "
        "for an assignment into an argument, or for a method that works in place."
    ),
    "changed_library": (
        "Your answer replaced {name}, which everything else in the process uses as well. It was "
        "put back, and what the answer returned after that means little. Look for an assignment "
        "to a name that belongs to a library."
    ),
    "returned_none": (
        "When {given}, your answer returned None. A function that reaches its end without "
        "`return` gives None, whatever it has computed. Look at each way through it."
    ),
    "wrong_type": (
        "{What} is {got}; expected is {expected}. The values inside could not be compared. Look at "
        "the expression that you return."
    ),
    "wrong_shape": (
        "{What} has shape {got}; expected is {expected}. Values at the wrong place mean something "
        "else, even if all numbers are there. Look at the axes, one by one, and say what each "
        "counts."
    ),
    "not_finite": (
        "{What} holds NaN or infinite values, {bad} of {total}, the first at [{where}]. One of "
        "them spreads to all that is computed from it. Look for a division by zero or a mean of "
        "nothing."
    ),
    "unsteady": (
        "Asked the same thing twice, {asked}, your answer was right the first time and not the "
        "second. Whoever calls it later gets something else than you saw. Look for something that "
        "is kept from one call to the next, or used up, or random: a default value that is a "
        "list, a variable outside the function, a file that is closed."
    ),
    "unpicklable": (
        "Your answer could not be brought to the process that checks it: {reason}. It travels "
        "together with the variables of the notebook that it uses, and open files, locks, threads "
        "and widgets cannot travel. Look at which names in it come from outside."
    ),
}

FAULT = (
    "The check of {id} itself broke. This is the course's fault and says nothing about your "
    "answer, which may be right or wrong. Your work is kept; go on with the lesson. The lines "
    "below help the course's authors to mend it."
)


def words(exercise, verdict):
    """The text for a verdict: its template, the exercise's own before the frame's, filled in.

    Raises KeyError or ValueError for an unknown message or a fact that the judge did not give.
    """
    if verdict.outcome == "right":
        return exercise.explanation.format(**verdict.facts)
    template = exercise.messages.get(verdict.message) or FRAME[verdict.message]
    facts = {"expects": exercise.expects, "seconds": exercise.seconds, **verdict.facts}
    if verdict.message == "raised":
        facts |= _about_error(facts)
    if "what" in facts:  # "the result" → "Your result"
        facts["What"] = "Your " + facts["what"].removeprefix("the ")
    return template.format(**facts)


def _about_error(facts):
    text = f": {_unended(facts['text'])}" if facts.get("text") else ""
    at = ""
    if facts.get("lineno"):
        line = linecache.getline(facts["file"], facts["lineno"]).strip() or facts.get("line", "")
        where = _where(facts["file"])
        at = f", in line {facts['lineno']} of {where}" + (f", `{line[:120]}`" if line else "")
    own_folder = " (It runs in an empty folder of its own, where your files are not.)"
    folder = own_folder if facts.get("error") == "FileNotFoundError" else ""
    return {"text": text, "at": at, "folder": folder}


def _unended(text):
    """A text without its full stop: the sentence goes on."""
    return text.removesuffix(".") if not text.endswith("..") else text


def _where(file):
    """What a reader calls a file: its name, their cell, or the program that a case shows them."""
    if file.startswith("<case "):
        return "the program"
    path = Path(file)
    return path.name if path.is_file() and "ipykernel_" not in file else "its cell"
