"""Reads what `case.name`, `case.mend` and `case.answer` made of what was handed in.

A case stores whatever it is given, so that what is wrong with it is said by the check.
"""

import ast
import difflib

from utils.exercises.calling import describe, holds_ellipsis
from utils.exercises.exercise import NotYet, Unanswered

FUNCTIONS = "make_data", "build", "train", "predict"
SHOWN = 6  # names that a message lists
NO_ANSWER = {  # messages of every exercise that is answered by a case
    "not_an_answer": (
        "You handed in {got}, and what `{by}(…)` returns is wanted: nothing else says which case "
        "it is meant for. Look at what stands after the comma in `check(…)`."
    ),
    "no_such_case": (
        "Your answer is for a case that does not exist: {text} So there is no program to compare "
        "it with. Look at where your case comes from: `puzzle.case(number, level)`."
    ),
}


def case_of(answer, by):
    """The case that an answer is about. by: the method that makes such answers, for the message."""
    from utils.puzzles import bug_hunt as puzzle  # not in the kernel of each lesson

    if answer is Ellipsis:
        raise Unanswered
    if type(answer) is not puzzle.Answer or type(answer.functions) is not dict:
        raise NotYet("not_an_answer", got=describe(answer), by=by)
    try:
        return puzzle.case(answer.number, answer.level)
    except (TypeError, ValueError) as error:
        raise NotYet("no_such_case", text=str(error), by=by) from None


def causes_of(answer, case):
    """The keys of the causes that were named, each once and in their order."""
    given = list(_flat(answer.causes))
    if holds_ellipsis(given):
        raise Unanswered
    if not given:
        raise NotYet("no_cause")
    found = []
    for one in given:
        if type(one) is not str:
            raise NotYet("not_a_name", got=describe(one))
        found.append(_key(one, case))
    return tuple(dict.fromkeys(found))


def functions_of(answer, case):
    """{name: function} of what was handed in for a case; nothing of it has been called."""
    given = dict(answer.functions)
    if any(holds_ellipsis(function) for function in given.values()):
        raise Unanswered
    for name, function in given.items():
        if name not in FUNCTIONS:
            users = _users(name, case.code)
            if users:
                raise NotYet("helper_alone", name=name, users=code(users))
            raise NotYet("unknown_function", name=str(name)[:60], known=code(FUNCTIONS))
        if not callable(function):
            raise NotYet("not_a_function", name=name, got=describe(function))
    return given


def code(names):
    """'`a`, `b` and `c`'."""
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


def _users(name, program):
    """Those of the four functions that use what a program's text defines as `name`."""
    used = {}  # by each name that the text defines: the names that stand in its statement
    for statement in ast.parse(program).body:
        names = {one.id for one in ast.walk(statement) if isinstance(one, ast.Name)}
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            used[statement.name] = names
        elif isinstance(statement, ast.Assign):
            used |= {one.id: names for one in statement.targets if isinstance(one, ast.Name)}
    return [one for one in FUNCTIONS if one in used and name in used and _needs(one, name, used)]


def _needs(user, name, used, passed=()):
    """Whether `user` uses `name`, or anything of the program that does."""
    further = (used[user] & used.keys()) - {user, *passed}
    return name in used[user] or any(_needs(one, name, used, (*passed, user)) for one in further)


def _flat(causes, depth=3):
    """The causes one by one, from a name, several, or lists of names."""
    if causes is None:
        return
    if depth and type(causes) in (list, tuple, set, frozenset):
        for one in causes:
            yield from _flat(one, depth - 1)
    else:
        yield causes


def _key(said, case):
    """The cause's key; NotYet "unknown_cause" with the nearest ones if there is none like it."""
    name = said.strip().strip("`\"'")
    if name in case.causes:
        return name
    for key, in_words in case.causes.items():
        if name.casefold().rstrip(".") in (key.casefold(), in_words.casefold().rstrip(".")):
            return key
    raise NotYet("unknown_cause", said=name[:60], near=code(_nearest(name, case.causes)))


def _nearest(name, causes):
    """The keys that are spelled like `name`, or whose words share most with it."""
    asked = name.casefold().replace(" ", "_").replace("-", "_")
    near = difflib.get_close_matches(asked, list(causes), n=3, cutoff=0.6)
    wanted = {word for word in asked.split("_") if len(word) > 2}

    def shared(key):
        there = f"{key} {causes[key]}".casefold()
        return sum(word in there for word in wanted)

    by_words = [key for key in sorted(causes, key=shared, reverse=True) if shared(key)]
    return list(dict.fromkeys([*near, *by_words]))[:3] or list(causes)[:SHOWN]
