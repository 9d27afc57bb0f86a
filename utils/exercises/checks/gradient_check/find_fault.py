"""04.find_fault: which fault a backward pass has, told by which blocks fail at which length."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from utils.exercises.calling import call, describe
from utils.exercises.exercise import Exercise, NotYet, not_yet, right
from utils.puzzles import gradient_check as room

ON = ((0, 5), (10, 3), (9, 4), (7, 2), (10, 1))  # (seed, units); the lesson shows the first
AGAIN = 6  # tables that are handed in a second time, by chance
ROUNDING = 1e-8  # errors of these tables are below 1e-12 or above 1e-6
TWINS = {"wrong_slice": "dh_dropped"}  # spoil the same blocks at the same lengths


def judge_find_fault(name_fault):
    """Right if each table gets its fault's name; twins may be taken for each other."""
    asked = questions()
    said = {question: _said(name_fault, question.table()) for question in asked}
    wrong = [question for question in asked if not question.is_named(said[question])]
    if not wrong:
        _ask_again(name_fault, asked)
        return right(tables=len(asked))
    for message, changed in (("rounding", _without_rounding), ("by_size", _all_alike)):
        if _right_on(name_fault, asked, changed):
            facts = _telling(message, wrong[0], said[wrong[0]])
            return not_yet(message, said=said[wrong[0]], truth=wrong[0].name, **facts)
    words = set(said.values())
    if len(words) == 1:
        return not_yet("constant", said=words.pop())
    if not any((question.seed, question.units) == ON[0] for question in wrong):
        seen = f"seed {ON[0][0]} and {ON[0][1]} units"
        others = len(asked) - len(asked) // len(ON)
        return not_yet("hard_coded", seen=seen, wrong=len(wrong), total=others)
    return _mistaken(wrong, said)


FIND_FAULT = Exercise(
    id="04.find_fault",
    task=(
        "Hand in `name_fault(table)`, which returns the name of the fault that a backward pass "
        'has, or "right". `table[timesteps][block]` is the error of one block of parameters, for '
        "1, 2 and 20 timesteps; what is below 1e-8 is rounding. `dh_dropped` and `wrong_slice` "
        "spoil the same blocks at the same lengths: for these two either name will do."
    ),
    judge=judge_find_fault,
    messages={
        "unknown_name": (
            "For the table of {truth} you returned {got}, and that is none of {names}. Whoever "
            "reads it could not look the fault up. Look at the spelling, and at whether you return "
            "one name."
        ),
        "constant": (
            'Your function says "{said}" to every table, whatever is in it. Look at which of its '
            "branches is ever reached, and with which condition."
        ),
        "rounding": (
            "Your function takes rounding for a fault: to the table of {truth} it says "
            '"{said}". In that table the error of {block} with {steps} is {error}, which is no 0 '
            "and means nothing. With such errors replaced by 0, all your names are right. Look at "
            "what your function asks of an error before it counts as one."
        ),
        "by_size": (
            "Your function goes by the size of the errors: to a table of {truth} with other "
            'weights it says "{said}". The error of {block} with {steps} is {error} there. How '
            "large an error gets depends on the weights and the signal; which blocks have one does "
            "not. With every error beyond rounding made equally large, all your names are right. "
            "Look at your threshold, or at what you compare errors with."
        ),
        "hard_coded": (
            "Your function names the faults in the tables that the lesson shows ({seen}), and "
            "{wrong} of {total} others not. Other weights and sizes give other numbers, in the "
            "same places. Look for values in your conditions that come from one table."
        ),
        "false_alarm": (
            'To a table without a fault your function says "{said}". No error in it is above '
            "{error}. An alarm for a right program sends its author searching for nothing. Look "
            "at which of your branches is reached when no block is wrong."
        ),
        "missed": (
            'To a table of {truth} your function says "right", and with {steps} {blocks} wrong in '
            "it. Look at which rows of the table your function reads."
        ),
        "mistaken": (
            'Your function says "{said}" to a table of {truth}. The two differ with {steps}: '
            "{block} is {here} in this table, and {there} with {said}. Look at which of your "
            "conditions this table meets first."
        ),
    },
    hints=(
        "Make the tables simple first: for each length, the set of blocks whose error is more than "
        "rounding. Write these sets down for all seven faults.",
        "Read them by length. Which faults show with one step already, and in which blocks? Which "
        "one reaches the output layer, Wy and by, which no state passes through?",
        "With two steps the faults that are left differ in the forget gate (wrong or not) and in "
        "the output gate (wrong or not). Ask the most telling question first, and return at once.",
        "With `wrong = {T: {b for b in row if row[b] > 1e-8} for T, row in table.items()}` the "
        'first line is `if "by" in wrong[2]: return "no_sum"`. Then ask for `bf` and `bo` in '
        "`wrong[1]`, and again in `wrong[2]`. The whole answer is in "
        "`solutions/04_gradient_check.ipynb`.",
    ),
    hints_for={
        "rounding": "1e-8 lies far above all rounding here and far below all faults.",
        "by_size": "Is there a block whose being wrong or not decides between the two?",
        "missed": "Which faults can't show with one step, since they concern what one step hands "
        "to the one before?",
        "false_alarm": "What should be left when none of your conditions holds?",
        "mistaken": "Print both patterns beside each other: "
        "`puzzle.table(puzzle.faulty_backward(name))`.",
        "raised": "The keys of the table are the numbers 1, 2 and 20; those of a row are texts "
        'such as "Wf".',
    },
    explanation=(
        "{tables} tables got their names. With one step only what happens within a step can go "
        "wrong; two steps add what is handed back, and the first step's c_old of 0 keeps the "
        "forget gate clean; after twenty everything has reached everything, and the table says "
        "little. So a failing check is read from the short end. It has its limits as well: two of "
        "the seven leave the same pattern, and the code decides."
    ),
    seconds=20.0,
    expects="a function `name_fault(table)`",
)


@dataclass(frozen=True)
class Question:
    """A table, by what it was made of."""

    name: str  # one of BACKWARD_FAULTS, or "right"
    seed: int
    units: int

    def table(self):
        return _table(self.name, self.seed, self.units)

    def is_named(self, said):
        return TWINS.get(said, said) == TWINS.get(self.name, self.name)

    def pattern(self):
        """{(timesteps, block), …} of all that is wrong."""
        return _beyond_rounding(self.table())


def questions():
    names = (*room.BACKWARD_FAULTS, "right")
    return [Question(name, *on) for on in ON for name in names]


@cache
def _table(name, seed, units):
    backward = room.backward if name == "right" else room.faulty_backward(name)
    return room.table(backward, seed=seed, units=units)


def _beyond_rounding(table):
    return {
        (steps, block)
        for steps, row in table.items()
        for block, error in row.items()
        if error > ROUNDING
    }


def _said(name_fault, table, truth="a fault"):
    """The name that the answer gives to a table, as a text."""
    said = call(name_fault, table)
    names = ("right", *room.BACKWARD_FAULTS)
    if issubclass(type(said), str) and str.__str__(said) in names:
        return str.__str__(said)
    raise NotYet("unknown_name", truth=truth, got=describe(said), names=", ".join(names))


def _right_on(name_fault, asked, changed):
    """Whether all tables are named once their errors are changed."""
    try:
        return all(
            question.is_named(_said(name_fault, changed(question.table()))) for question in asked
        )
    except NotYet:
        return False


def _without_rounding(table):
    return _mapped(table, lambda error: error if error > ROUNDING else 0.0)


def _all_alike(table):
    return _mapped(table, lambda error: 0.5 if error > ROUNDING else 0.0)


def _mapped(table, change):
    return {steps: {b: change(error) for b, error in row.items()} for steps, row in table.items()}


def _telling(message, question, said):
    """An error that may have misled: the largest of rounding, or the smallest beyond it."""
    table, pattern = question.table(), question.pattern()
    cells = [(steps, block) for steps, row in table.items() for block in row]
    if message == "rounding":
        cells = [cell for cell in cells if cell not in pattern] or cells
        steps, block = max(cells, key=lambda cell: table[cell[0]][cell[1]])
    else:
        cells = [cell for cell in cells if cell in pattern] or cells
        steps, block = min(cells, key=lambda cell: table[cell[0]][cell[1]])
    return {"block": block, "steps": _steps(steps), "error": f"{table[steps][block]:.1g}"}


def _mistaken(wrong, said):
    """The verdict on an answer that takes one fault for another."""
    question = min(wrong, key=lambda one: (one.name != "right", said[one] != "right"))
    told, truth = said[question], question.name
    if truth == "right":
        error = max(error for row in question.table().values() for error in row.values())
        return not_yet("false_alarm", said=told, error=f"{error:.1g}")
    pattern = question.pattern()
    if told == "right":
        steps = min(steps for steps, _ in pattern)
        blocks = [block for block in question.table()[steps] if (steps, block) in pattern]
        verb = "is" if len(blocks) == 1 else "are"
        words = f"{', '.join(blocks)} {verb}"
        return not_yet("missed", truth=truth, steps=_steps(steps), blocks=words)
    other = Question(told, question.seed, question.units).pattern()
    steps, block = min(pattern ^ other)
    here = (steps, block) in pattern
    return not_yet(
        "mistaken",
        said=told,
        truth=truth,
        steps=_steps(steps),
        block=block,
        here="wrong" if here else "right",
        there="right" if here else "wrong",
    )


def _steps(number):
    return f"{number} timestep{'s' * (number != 1)}"


def _ask_again(name_fault, asked):
    """Raises NotYet "unsteady" if a table gets another name the next time; picked by chance."""
    for k in np.random.default_rng().integers(len(asked), size=AGAIN):
        if not asked[k].is_named(_said(name_fault, asked[k].table())):
            raise NotYet("unsteady", asked=f"about a table of {asked[k].name}")
