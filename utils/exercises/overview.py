"""`progress` and `course_map`: what is done, and what there is to do, as tables."""

from utils.exercises import registry, remembering
from utils.exercises.showing import Note, loaded, show

_STATES = {"right": "✔ right", "not_yet": "… not yet", "unanswered": "○ not answered yet"}


def progress():
    """Shows which exercises are solved and which predictions are locked."""
    exercises = loaded(registry.exercises, "exercises")
    predictions = loaded(registry.predictions, "questions")
    if exercises is None or predictions is None:
        return
    state = remembering.recorded()
    rows = [("Exercise", "State", "Tries", "Hints read")]
    for name in exercises:
        mine = state["exercises"].get(name, {})
        word = _STATES.get(mine.get("outcome"), _STATES["unanswered"])
        rows.append((name, word, str(mine.get("tries", 0)), str(len(mine.get("rungs", ())))))
    locked = [name for name in predictions if name in state["predictions"]]
    solved = _solved(state, exercises)
    title = (
        f"{solved} of {len(exercises)} exercises right, "
        f"{len(locked)} of {len(predictions)} predictions locked"
    )
    texts = (
        f"Kept in {remembering.place()}. Nothing depends on it; delete it to begin anew.",
        *remembering.words(),
    )
    show(Note("note", title, texts, table=tuple(rows)), progress=solved)


def course_map():
    """Shows the lessons with the minutes that they take and what you have done of each."""
    from utils.building import lessons  # reads the lessons' headers

    every, exercises = loaded(lessons, "lessons"), loaded(registry.exercises, "exercises")
    if every is None or exercises is None:
        return
    state = remembering.recorded()
    rows, links = [("Lesson", "Minutes", "Workshop", "Exercises", "What it is about")], []
    for lesson in every:
        own = [name for name in exercises if name.startswith(f"{lesson.number}.")]
        done = f"{_solved(state, own)} of {len(own)} right" if own else "none"
        title = f"{lesson.number} {lesson.title}"
        rows.append((title, str(lesson.minutes), str(lesson.workshop), done, lesson.summary))
        links.append(f"{lesson.stem}.ipynb")
    texts = remembering.words()
    title = "The lessons of this course"
    show(Note("note", title, texts, table=tuple(rows), links=tuple(links)), lessons=len(links))


def _solved(state, names):
    records = (state["exercises"].get(name, {}) for name in names)
    return sum(record.get("outcome") == "right" for record in records)
