"""Lesson 06's judges against other accounts of the same facts, and against odd answers."""

import itertools
import linecache
import pickle
import random
import re
import string
import warnings
from dataclasses import replace
from importlib import import_module
from types import ModuleType

import cloudpickle
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

from utils.exercises import running
from utils.exercises.checks.bug_hunt import EXERCISES, PREDICTIONS, behaving, conclude
from utils.exercises.checks.bug_hunt.comparing import as_in_cells, same_program
from utils.exercises.checks.bug_hunt.symptoms import SYMPTOMS
from utils.exercises.exercise import RIGHT, UNANSWERED, Verdict, not_yet
from utils.exercises.judging import ruling
from utils.exercises.messages import words
from utils.exercises.packing import packed
from utils.puzzles import bug_hunt as puzzle

CONCLUDE, NAME, MEND, HUNT = EXERCISES
GUIDED = puzzle.case(12)
LEVELS = [puzzle.case(number, level) for level in puzzle.LEVELS for number in range(30)]


def told(exercise, answer):
    """The ruling on an answer, and its words; no warning and no fault of the course."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = ruling(exercise.judge, answer)
    assert "fault" not in found, found["fault"]
    if found["outcome"] == UNANSWERED:
        return found, ""
    return found, words(exercise, Verdict(**found))


# --- the cause


@pytest.mark.parametrize("case", LEVELS, ids=lambda case: f"{case.level}-{case.number}")
def test_what_was_planted_is_right_and_whatever_else_is_named_is_not(case):
    found, said = told(NAME, case.name(*case._planted))
    assert found["outcome"] == RIGHT
    assert all(f"`{cause}`" in said for cause in case._planted)
    others = [cause for cause in case.causes if cause not in case._planted]
    rng = random.Random(case.number)
    for count in (1, 2, 3, len(case.causes)):
        causes = rng.sample(sorted(case.causes), count)
        right = set(causes) == set(case._planted)
        assert (told(NAME, case.name(*causes))[0]["outcome"] == RIGHT) == right
    for cause in others:
        found, said = told(NAME, case.name(cause))
        assert found["message"] in ("near", "not_it")
        for planted in case._planted:  # the answer is not given away
            assert planted not in said and case.causes[planted] not in said


def test_the_messages_say_how_many_of_two_faults_were_found():
    case = next(one for one in LEVELS if one.level == 3)
    one, other = case._planted
    wrong, worse = [cause for cause in case.causes if cause not in case._planted][:2]
    expected = {
        (one,): "one_missing",
        (one, wrong): "half_right",
        (wrong, worse): ("near", "not_it"),
        (one, other, wrong): "one_too_many",
        (one, wrong, worse): "half_right",
        (one, other, wrong, worse): "everything",
    }
    for causes, message in expected.items():
        for order in itertools.permutations(causes):
            assert told(NAME, case.name(*order))[0]["message"] in message, order


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("broadcast", "broadcast_loss"),
        ("Dropout never acts", "dropout_never_acts"),
        ("future", "future_heard"),
        ("the mask is lost", "mask_lost"),
        ("padding", "padding_in_loss"),
        ("gradient", "no_gradient"),
        ("state-not-reset!", "state_not_reset"),
    ],
)
def test_an_unknown_name_gets_those_that_are_like_it(said, near):
    found, text = told(NAME, GUIDED.name(said))
    assert found["message"] == "unknown_cause"
    assert f"`{near}`" in text and len(re.findall(r"`(\w+)`", found["facts"]["near"])) <= 3


ODD = [
    None, 0, 2.5, True, b"bytes", (), {}, [], set(), {1: 2}, 1j, int, len, np, object(), [[[[1]]]],
    np.array(["a"]), ["", "\x00", "x" * 10**5], lambda: None, iter([1]), float("nan"), [None],
]  # fmt: skip


@pytest.mark.parametrize("exercise", [NAME, MEND, HUNT], ids=lambda one: one.id)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: str(odd)[:20].replace("\n", ""))
def test_no_answer_breaks_a_judge(exercise, odd):
    answers = [odd, puzzle.Answer(odd, odd, odd, odd), puzzle.Answer(12, 1, odd, {"build": odd})]
    answers += [puzzle.Answer(12, 1, (odd,), {odd if isinstance(odd, str) else "train": odd})]
    answers += [puzzle.Answer(12, 1, GUIDED._planted, {"make_data": lambda seed: odd})]
    for answer in answers[: 4 if exercise is NAME else 5]:
        found, said = told(exercise, answer)
        assert found["outcome"] != RIGHT and said


# --- the program


def test_every_complaint_of_a_case_has_its_text_with_its_facts():
    assert SYMPTOMS.keys() == puzzle.MESSAGES.keys()
    for message, facts in puzzle.MESSAGES.items():
        wanted = {part[1] for part in string.Formatter().parse(SYMPTOMS[message]) if part[1]}
        assert wanted == {"apart" if fact == "difference" else fact for fact in facts}, message
        assert MEND.messages[message] == SYMPTOMS[message]


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"difference": 0.1234, "rows": 1}, "A row asked alone"),
        ({"difference": float("inf"), "rows": 7}, "A batch of 7 rows asked alone"),
    ],
)
def test_a_difference_is_told_in_words(facts, part):
    said = SYMPTOMS["batch_matters"].format(**behaving._in_words(facts))
    assert said.startswith(part)
    assert ("their shape" if facts["rows"] == 7 else "0.12 standard deviations") in said


class Stub:
    """A case without any training, whose program only adds one."""

    causes, _planted, code = puzzle.CAUSES, ("future_heard",), ""

    def functions(self):
        exec("def make_data(seed): return [seed], 0\ndef build(): return 1", space := {})
        exec("def train(m, x, y): return [1]\ndef predict(m, x): return x", space)
        return {name: space[name] for name in ("make_data", "build", "train", "predict")}

    def _behaves(self, functions):
        x = np.arange(3.0)[::-1].copy()
        model = functions["build"]()
        functions["train"](model, x, x)
        if not np.array_equal(functions["predict"](model, x), x + 1):
            yield "poor", {"score": -0.5, "wanted": 0.75, "measure": "R²"}
        yield from ()


def one_more(model, x):
    return x + 1


def in_place(model, x):
    x += 1
    return x


def test_a_program_that_behaves_is_right_and_another_is_told_why():
    assert behaving.behaviour(Stub(), {"predict": one_more}).outcome == RIGHT
    verdict = behaving.behaviour(Stub(), {"predict": lambda model, x: x + 2})
    assert verdict.message == "poor" and verdict.facts["score"] == "−0.5"
    assert "R² −0.5, and one that does the task reaches 0.75" in words(MEND, verdict)


@pytest.mark.parametrize(
    ("functions", "message", "part"),
    [
        ({}, "no_function", "holds no function"),
        ({"predict": in_place}, "changed_arguments", "in `x`"),
        ({"predict": lambda model, x: None}, "returned_none", "`predict(model, x)` was called"),
        ({"predict": lambda model: 1}, "raised", "TypeError"),
        ({"predict": lambda model, x: "12"}, "wrong_type", "predict"),
        ({"predict": lambda model, x: x / np.zeros(3)}, "poor", "R²"),  # the case asks itself
        ({"build": lambda: 1 / 0}, "raised", "`build()` was called"),
        ({"build": lambda: exit(1)}, "raised", "SystemExit"),
        ({"train": lambda model, x, y: [x.sort(), 1]}, "changed_arguments", "in `x`"),
        ({"train": lambda model, x, y: setattr(np, "mean", 0)}, "changed_library", "numpy.mean"),
    ],
)
def test_whatever_a_function_does_is_told(functions, message, part):
    with np.errstate(all="ignore"):
        found = ruling(lambda answer: behaving.behaviour(Stub(), answer), functions)
    assert found.get("message") == message, found
    assert part in words(MEND, Verdict(**found))
    assert callable(np.mean)


def test_a_stub_that_is_called_is_no_answer():
    for functions in ({"build": lambda: ...}, {"predict": lambda model, x: [...]}):
        found = ruling(lambda answer: behaving.behaviour(Stub(), answer), functions)
        assert found["outcome"] == UNANSWERED


def test_half_an_answer_is_judged_by_half(monkeypatch):
    from utils.exercises.checks.bug_hunt import hunt

    monkeypatch.setattr(hunt, "case_of", lambda answer, by: Stub())
    rightly, wrongly = {"predict": one_more}, {"predict": lambda model, x: x}
    for causes, functions, message in (
        (("future_heard",), rightly, ""),
        (("future_heard",), wrongly, "program_not_yet"),
        (("future_heard",), {}, "program_not_yet"),
        (("mask_lost",), rightly, "cause_not_yet"),
        ((), rightly, "cause_not_yet"),
        (("mask_lost",), wrongly, "neither"),
    ):
        monkeypatch.setattr(Stub, "_instrument", {"future_heard": ("axes", ("x",))}, raising=False)
        answer = puzzle.Answer(0, 1, causes, functions)
        found, said = told(HUNT, answer)
        assert found["message"] == message and (found["outcome"] == RIGHT) == (not message)
        assert ("program is mended" in said) == (message == "cause_not_yet")
    for causes, functions in (((...,), rightly), (("mask_lost",), {"build": ...})):
        assert told(HUNT, puzzle.Answer(0, 1, causes, functions))[0]["outcome"] == UNANSWERED


@pytest.mark.parametrize(
    "lines",
    [
        ["while True: pass"],
        ["import time", "time.sleep(600)"],
        ["import os", "os._exit(0)"],
        ["import os", "os.kill(os.getpid(), 9)"],
        ["return [0] * 10**12"],
    ],
    ids=lambda lines: lines[-1],
)
def test_a_hostile_program_ends_in_a_message_in_bounded_time(lines):
    module = ModuleType("__main__")
    exec("def build():\n" + "".join(f"    {line}\n" for line in lines), vars(module))
    short = replace(MEND, seconds=5.0)
    verdict = running.run(short, GUIDED.mend(build=module.build)).verdict
    assert verdict is not None and verdict.message in ("timeout", "died", "memory")
    assert words(short, verdict)


def test_a_program_that_clears_its_folder_clears_only_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "thesis.txt").write_text("two years")
    module = ModuleType("__main__")
    source = (
        "import os\ndef build():\n    for name in os.listdir(): os.remove(name)\n    return 1\n"
    )
    exec(source, vars(module))
    verdict = running.run(MEND, GUIDED.mend(build=module.build)).verdict
    assert verdict.message == "no_model"
    assert (tmp_path / "thesis.txt").read_text() == "two years"


# --- is it still the same program?

SOURCE = """
import numpy as np
RATE = 0.1
class Layer:
    size = 3
    def call(self, x): return [np.mean(x) * RATE for _ in range(self.size)]
def inner(x, k=2): return Layer().call(x + k)
def build(): return inner(1)
"""


def program(source=SOURCE):
    exec(source, space := {"__name__": "elsewhere"})
    return space["build"]


def test_a_program_is_the_same_after_its_journey():
    assert same_program(program(), program())
    assert same_program(cloudpickle.loads(cloudpickle.dumps(program())), program())
    assert same_program(program(SOURCE.replace("inner(1)", "inner(1)  # now mended")), program())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *[("0.1", "0.2"), ("size = 3", "size = 4"), ("np.mean", "np.sum"), ("k=2", "k=3")],
        *[("inner(1)", "inner(2)"), ("x + k", "x - k"), ("class Layer:", "class Layer(str):")],
        *[("import numpy as np", "import math as np"), ("RATE = 0.1", "RATE = [0.1]")],
    ],
)
def test_a_program_is_another_after_any_change(old, new):
    assert SOURCE.count(old) == 1
    assert not same_program(program(SOURCE.replace(old, new)), program())


@pytest.mark.parametrize("case", LEVELS, ids=lambda case: f"{case.level}-{case.number}")
def test_the_program_run_in_a_cell_is_untouched_after_its_journey(case, shell):
    shell.run_cell(case.code, store_history=False).raise_error()
    answer = case.mend(**{name: shell.user_ns[name] for name in case.functions()})
    found, said = told(MEND, pickle.loads(packed(answer)))
    assert found["message"] == "untouched" and "as it was" in said


@pytest.fixture(scope="module")
def shell():
    """A notebook's way to run a cell: each statement is compiled by itself."""
    made = InteractiveShell()
    made.user_module.__name__ = "__main__"
    return made


def from_cell(shell, case, code, *names):
    """The answer that hands in functions of a cell, as it arrives where it is judged."""
    shell.run_cell(code, store_history=False).raise_error()
    given = {name: shell.user_ns[name] for name in names}
    return pickle.loads(packed(case.mend(**given)))


@pytest.mark.parametrize("case", LEVELS, ids=lambda case: f"{case.level}-{case.number}")
def test_a_program_that_ran_in_a_cell_is_untouched_after_its_journey(case, shell):
    found, said = told(MEND, from_cell(shell, case, case.code, *case.functions()))
    assert found["message"] == "untouched" and "as it was" in said


HELPED = puzzle.case(10, level=3)  # its `train` uses a loss of its own


def test_a_helper_counts_with_the_function_that_uses_it(shell):
    used = "def custom_loss(y_true, y_pred):"
    assert used in HELPED.code
    code = HELPED.code.replace(used, f"{used}\n    y_pred = y_pred * 1")
    answer = from_cell(shell, HELPED, code, "build", "predict")
    assert told(MEND, answer)[0]["message"] == "untouched"
    answer = from_cell(shell, HELPED, code, "train")
    own = as_in_cells(HELPED.code)["train"]
    assert not same_program(answer.functions["train"], own)


@pytest.mark.parametrize(
    ("name", "message", "part"),
    [
        ("custom_loss", "helper_alone", "uses it, which is `train`:"),
        ("EPOCHS", "helper_alone", "uses it, which is `train`:"),
        ("bulid", "unknown_function", "`make_data`, `build`, `train` and `predict`"),
        ("keras", "unknown_function", "Nothing would ever call it"),
    ],
)
def test_a_helper_handed_in_alone_is_told_who_uses_it(name, message, part):
    found, said = told(MEND, HELPED.mend(**{name: one_more}))
    assert found["message"] == message and part in said


def test_an_error_in_the_case_s_own_lines_quotes_the_program():
    case = puzzle.case(12)

    def build():
        keras = import_module("keras")
        return keras.Sequential([keras.Input((None, 77)), keras.layers.Dense(1)])

    found, said = told(MEND, case.mend(build=build))
    assert found["message"] == "raised"
    number, line = re.search(r"in line (\d+) of the program, `(.+?)`", said).groups()
    assert case.code.splitlines()[int(number) - 1].strip() == line
    linecache.cache.pop(found["facts"]["file"])  # as in a notebook that has not run the case
    assert words(MEND, Verdict(**found)) == said


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Bad dimension 3.", "dimension 3, in line 2 of"), ("and so on...", "on..., in line 2 of")],
)
def test_a_full_stop_of_an_error_does_not_stand_before_a_comma(text, shown):
    facts = {"error": "E", "text": text, "given": "x", "file": "<cell>", "lineno": 2}
    assert shown in words(MEND, not_yet("raised", **facts))
    alone = words(MEND, not_yet("raised", error="E", text="Bad dimension 3.", given="x"))
    assert "dimension 3. Nothing after" in alone


def test_the_objects_of_a_library_are_compared_by_what_they_hold():
    source = "import keras\nINIT = keras.initializers.Constant(2.0)\ndef build(): return INIT\n"
    assert same_program(program(source), program(source))
    assert not same_program(program(source), program(source.replace("2.0", "3.0")))
    assert not same_program(program(source), program(source.replace("Constant", "RandomNormal")))


@pytest.mark.parametrize("case", LEVELS[::3], ids=lambda case: f"{case.level}-{case.number}")
def test_no_mended_program_passes_for_the_broken_one(case):
    broken, mended = case.functions(), case.functions(case._reference)
    assert not all(same_program(mended[name], broken[name]) for name in broken)


# --- reports


def test_the_reports_of_conclude_tell_its_misreadings_apart():
    truth = [shown.truth for shown in conclude.REPORTS]
    assert set(truth) == set(conclude.WORDS)
    for message, reading in conclude.READINGS:
        said = [reading(shown.made) for shown in conclude.REPORTS]
        assert said != truth and len(set(said)) > 1, message


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: str(odd)[:20].replace("\n", ""))
def test_no_result_breaks_the_judge_of_conclude(odd):
    assert told(CONCLUDE, lambda report: odd)[0]["outcome"] != RIGHT


# --- predictions


def test_no_text_presumes_what_comes_later_in_the_lesson():
    """The program is read before the first question; the five questions come at the end."""
    for one in EXERCISES:
        said = [one.task, *one.messages.values(), *one.hints, *one.hints_for.values()]
        assert "five" not in " ".join(said).casefold()
    assert "not read" not in PREDICTIONS[0].question


def test_what_the_first_prediction_says_of_the_guided_case_is_so():
    program = GUIDED.functions()
    x, y = program["make_data"](0)
    model = program["build"]()

    def asked(name):
        return getattr(import_module(f"utils.instruments.{name}"), name)(model, x[:16], y[:16])

    assert GUIDED._planted == ("backwards_not_turned",)
    assert "runs backwards" in asked("axes").faults
    assert not asked("gradients").faults and not asked("shapes").faults
    report = asked("noise")
    assert not report.layers and report.verdict == "no noise"
    assert GUIDED._draft.task.name == "both_sides" and "mean" in GUIDED.symptom


def test_the_predictions_state_no_measured_number():
    said = " ".join(text for one in PREDICTIONS for text in one.evidence.values())
    assert not re.findall(r"\d", said)
