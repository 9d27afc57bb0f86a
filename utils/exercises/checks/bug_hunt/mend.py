"""06.mend: the program of a case, mended. Judged by how it behaves, never by how it is written."""

from utils.exercises.checks.bug_hunt.answers import NO_ANSWER, case_of, functions_of
from utils.exercises.checks.bug_hunt.behaving import behaviour
from utils.exercises.checks.bug_hunt.symptoms import HINTS, SYMPTOMS
from utils.exercises.exercise import Exercise


def judge_mend(answer):
    """Right if the program, with these functions in it, does what its task says."""
    case = case_of(answer, by="case.mend")
    return behaviour(case, functions_of(answer, case))


MEND = Exercise(
    id="06.mend",
    task=(
        "Hand in `case.mend(build=build)` with the functions that you have changed, one or more of "
        "`make_data`, `build`, `train` and `predict`; the others stay as they are in the program. "
        "It should then do what its task says."
    ),
    judge=judge_mend,
    messages={
        **NO_ANSWER,
        "no_function": (
            "Your answer holds no function, so there is nothing to run. Look at what stands "
            "between the brackets of `case.mend(…)`: the name of a function of the program, and "
            "yours after the equals sign."
        ),
        "unknown_function": (
            "You handed in a function called `{name}`, and the program has {known}. Nothing would "
            "ever call it. Look at the names before the equals signs."
        ),
        "helper_alone": (
            "`{name}` is the program's, but not one of the four functions that can be handed in. "
            "By itself it would not be called. Look at who uses it, which is {users}: handed in "
            "from your notebook, that function takes your `{name}` along."
        ),
        "not_a_function": (
            "For `{name}` you handed in {got}, and a function is wanted: the check runs it on data "
            "of its own. Look at what stands after the equals sign, and whether brackets have "
            "called it already."
        ),
        "untouched": (
            "{names}: this is still the program as it was, with all that it uses, and so it does "
            "what it did. Look at whether you have run the cell after your change, and whether the "
            "part that you changed is used by the functions that you handed in."
        ),
        **SYMPTOMS,
    },
    hints=(
        "Which line is to blame? Begin with what the instrument said, and look for the one place "
        "in the program that could do that.",
        "`case.into_next_cell()` writes the program into a cell of its own. Change one thing, run "
        "the cell, and put the same instrument to it again: is its finding gone?",
        '`case.run({"build": build})` trains the program with your function in it, and says '
        "its score. Compare it with the task: what would a program reach that does it?",
        "A repair is one line or two. If yours is longer, you may be mending something that is "
        "right. Solved cases are in `solutions/06_bug_hunt.ipynb`.",
    ),
    hints_for={
        "untouched": "What you have changed is used by one of the four functions: a layer usually "
        "by `build`, a loss or a step of the training by `train`. Hand in that one.",
        "raised": "Run your functions in the notebook, in the order in which they are called: "
        "`x, y = make_data(0)`, `model = build()`, `train(model, x, y)`, `predict(model, x)`.",
        **HINTS,
    },
    explanation=(
        "The program does what its task says: trained on data of several seeds and asked about "
        "others, whole, in pieces and one row at a time. Nothing here looked at how you wrote it."
    ),
    seconds=90.0,
    expects="what `case.mend(build=…)` returns",
    tensorflow=True,
)
