"""The page of the five questions: its lines run and show what it says, and it is one whole file."""

import ast
import inspect
import re
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import utils
from utils.building import lessons
from utils.puzzles.bug_hunt.five_questions import BY_HAND, FIVE_QUESTIONS, IMPORTS

AXES, RANDOM, ASKED, GRADIENTS, STATE = FIVE_QUESTIONS.questions
EVERY = pytest.mark.parametrize("question", FIVE_QUESTIONS.questions, ids=lambda one: one.words)
INSTRUMENTS = Path(utils.__file__).parent / "instruments"


@EVERY
def test_each_line_is_a_call_that_its_instrument_takes(question):
    for line in (*question.lines, "diagnose(model, x, y)"):
        call = ast.parse(line, mode="eval").body
        names = {keyword.arg: None for keyword in call.keywords}
        inspect.signature(getattr(utils, call.func.id)).bind(*call.args, **names)
        assert re.search(rf"\b{call.func.id}\b", IMPORTS)


@EVERY
def test_each_bad_answer_is_a_finding_of_an_instrument(question):
    text = "\n".join(path.read_text(encoding="utf-8") for path in INSTRUMENTS.rglob("*.py"))
    for finding, _ in question.bad:
        assert f'"{finding}"' in text, f"No instrument says {finding!r}."


@EVERY
def test_each_question_names_the_lesson_that_showed_it(question):
    assert question.lesson in {f"{one.number} {one.title}" for one in lessons()}


def by_hand(question, **names):
    """The value of the last line that is an expression, after the lines before it."""
    names = {"np": np} | names
    exec(BY_HAND, names)
    found = None
    for line in question.by_hand.splitlines():
        for node in ast.parse(line).body:
            if isinstance(node, ast.Expr):
                found = eval(compile(ast.Expression(node.value), "<page>", "eval"), names)
            else:
                exec(compile(ast.Module([node], []), "<page>", "exec"), names)
    return found, names


def fitted(*layers, x, y, **compiled):
    import keras

    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input(batch_shape=(len(x), None, x.shape[2])), *layers])
    model.compile(keras.optimizers.SGD(0.1), **({"loss": "mse"} | compiled))
    return model


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(3, 6, 2)).astype("float32")  # [batch, timesteps, features]
    return x, rng.normal(size=(3, 1)).astype("float32")


@pytest.fixture
def layers():
    return import_module("keras").layers


def test_by_hand_one_row_moves_alone_unless_samples_hear_each_other(data, layers):
    x, y = data
    healthy = fitted(layers.LSTM(2), layers.Dense(1), x=x, y=y)
    moved, _ = by_hand(AXES, model=healthy, x=x)
    assert moved[0] > 0 and not moved[1:].any()
    centred = layers.Lambda(lambda h: h - h[::-1], output_shape=lambda shape: shape)
    mixing = fitted(layers.LSTM(2), centred, layers.Dense(1), x=x, y=y)
    moved, _ = by_hand(AXES, model=mixing, x=x)
    assert moved[0] > 0 and moved[1:].any()


@pytest.mark.parametrize("rate", [0.0, 0.5])
def test_by_hand_two_losses_of_fit_differ_where_there_is_dropout(rate, data, layers):
    x, y = data
    model = fitted(layers.LSTM(4), layers.Dropout(rate), layers.Dense(1), x=x, y=y)
    before = model.get_weights()
    (first, second), _ = by_hand(RANDOM, model=model, x=x, y=y)
    assert (first != second) == (rate > 0)
    assert all(map(np.array_equal, before, model.get_weights()))


def test_by_hand_the_shapes_of_answers_and_targets_stand_side_by_side(data, layers):
    x, y = data
    model = fitted(layers.LSTM(2, return_sequences=True), layers.Dense(1), x=x, y=y)
    found, _ = by_hand(ASKED, model=model, x=x, y=y)
    assert found == ((3, 6, 1), (3, 1))


def test_by_hand_a_part_without_a_gradient_moves_by_0(data, layers):
    x, y = data
    first = layers.LSTM(2)
    model = fitted(first, layers.Dense(1), x=x, y=y)
    moved, _ = by_hand(GRADIENTS, model=model, x=x, y=y)
    assert len(moved) == 5 and min(moved) > 0
    stopped = layers.Lambda(import_module("keras").ops.stop_gradient)
    model = fitted(layers.LSTM(2), stopped, layers.Dense(1), x=x, y=y)
    with pytest.warns(UserWarning, match="Gradients do not exist"):  # Keras notices this one
        moved, _ = by_hand(GRADIENTS, model=model, x=x, y=y)
    assert max(moved[:3]) == 0 and min(moved[3:]) > 0


@pytest.mark.parametrize("stateful", [True, False])
def test_by_hand_the_halves_are_the_whole_where_state_is_carried(stateful, data, layers):
    x, y = data
    lstm = layers.LSTM(2, return_sequences=True, stateful=stateful)
    model = fitted(lstm, x=x, y=y)
    _, names = by_hand(STATE, model=model, x=x)
    joined = np.concatenate(names["halves"], axis=1)
    assert np.allclose(joined, names["whole"], atol=1e-6) == stateful


def all_by_hand(model, x, y):
    """What each question's lines show of one model, asked in the page's order."""
    return [by_hand(question, model=model, x=x, y=y) for question in FIVE_QUESTIONS.questions]


@pytest.mark.parametrize("optimizer", ["SGD", "Adam", "scheduled"])
def test_by_hand_in_their_order_a_healthy_stateful_model_is_healthy(optimizer, data, layers):
    x, _ = data
    lstm = layers.LSTM(2, return_sequences=True, stateful=True)
    y = np.random.default_rng(1).normal(size=(3, 6, 1)).astype("float32")
    model = fitted(lstm, layers.Dense(1), x=x, y=y)
    optimizers = import_module("keras").optimizers
    if optimizer == "scheduled":
        falling = optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
        model.compile(optimizers.SGD(falling), "mse")
    else:
        model.compile(optimizer, "mse")
    model.predict(x, verbose=0)  # somebody has used it before
    (moved, _), ((first, second), _), (shapes, _), (steps, _), (_, last) = all_by_hand(model, x, y)
    assert moved[0] > 0 and not moved[1:].any()
    assert first == second
    assert shapes == (y.shape, y.shape)
    assert len(steps) == 5 and min(steps) > 0
    assert np.allclose(np.concatenate(last["halves"], axis=1), last["whole"], atol=1e-6)


def test_by_hand_in_their_order_ids_stay_in_their_vocabulary(layers):
    keras = import_module("keras")
    keras.utils.set_random_seed(0)
    x = np.array([[1, 2, 3, 9], [9, 4, 5, 6], [7, 8, 0, 1]])
    y = np.array([[0.0], [1.0], [0.0]], "float32")
    model = keras.Sequential(
        [keras.Input((None,), dtype="int32"), layers.Embedding(10, 3), layers.LSTM(2)]
    )
    model.add(layers.Dense(1))
    model.compile("adam", "mse")
    (moved, seen), ((first, second), _), (shapes, _), (steps, _), (_, last) = all_by_hand(
        model, x, y
    )
    assert seen["poked"].max() < 10
    assert moved[0] > 0 and not moved[1:].any()
    assert first == second and shapes == (y.shape, y.shape)
    assert len(steps) == 6 and min(steps) > 0
    assert len(last["halves"]) == 2 and last["whole"].shape == y.shape


class Outline(HTMLParser):
    """The elements of a page, and whether each that is opened is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.words = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def test_the_page_is_one_file_that_holds_everything_and_loads_nothing(tmp_path):
    path = FIVE_QUESTIONS.page(tmp_path / "page.html")
    text = path.read_text(encoding="utf-8")
    page = Outline(text)
    assert not page.open
    attributes = {name for _, attrs in page.seen for name in attrs}
    assert not attributes & {"src", "href"} and "url(" not in text and "@import" not in text
    for question in FIVE_QUESTIONS.questions:
        parts = [question.words, *question.lines, question.by_hand, question.good, question.lesson]
        for part in [*parts, *(part for pair in question.bad for part in pair)]:
            assert part in page.words
    assert IMPORTS in page.words and BY_HAND in page.words
    assert ("html", {"lang": "en"}) in page.seen
    assert [tag for tag, _ in page.seen].count("h2") == 5


def test_the_page_replaces_its_former_self(tmp_path):
    path = FIVE_QUESTIONS.page(tmp_path / "page.html")
    path.write_text("old")
    assert FIVE_QUESTIONS.page(str(path)) == path
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_name_that_cannot_be_a_page_gets_a_sentence(tmp_path):
    with pytest.raises(ValueError, match=r"notes\.md does not end in \.html"):
        FIVE_QUESTIONS.page(tmp_path / "notes.md")
    with pytest.raises(FileNotFoundError, match=r"no folder .*nowhere"):
        FIVE_QUESTIONS.page(tmp_path / "nowhere" / "page.html")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(IsADirectoryError, match="is a folder"):
        FIVE_QUESTIONS.page(tmp_path / "folder.html")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.html"]


def test_the_notebook_shows_every_question_in_html_and_in_plain_text():
    shown, plain = FIVE_QUESTIONS._repr_html_(), repr(FIVE_QUESTIONS)
    Outline(shown)
    for question in FIVE_QUESTIONS.questions:
        for line in question.lines:
            assert f"{line}</code>" in shown and f"`{line}`" in plain
        assert question.words in shown and question.words in plain
    assert "color" not in shown  # so that both themes of JupyterLab can choose their own
