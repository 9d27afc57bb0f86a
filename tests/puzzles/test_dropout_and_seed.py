"""The room of puzzle 02: its data and models, and the game of perturbations."""

import random
import subprocess
import sys
from html import escape
from textwrap import dedent

import numpy as np
import pytest

from utils.puzzles import dropout_and_seed as puzzle
from utils.puzzles.dropout_and_seed import perturbations

CHANGING = {"python", "spare", "training", "validation"}


def test_importing_the_room_loads_no_tensorflow():
    program = (
        "import sys; from utils.puzzles import dropout_and_seed as puzzle\n"
        "puzzle.data(10, 5), puzzle.PERTURBATIONS, dir(puzzle)\n"
        "heavy = {'tensorflow', 'keras', 'ipywidgets'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_an_unknown_name_of_the_room_is_named():
    with pytest.raises(AttributeError, match="no name 'dta'; it has wave, data"):
        _ = puzzle.dta


# The data


def test_a_row_is_a_window_a_distance_and_what_comes_after():
    x, y = puzzle.data(rows=12, inputs=6, rows_a_window=4, seed=3)
    assert x.shape == (12, 6) and y.shape == (12,)
    assert x.dtype == y.dtype == np.float32
    window = np.arange(12) // 4
    times = 0.1 * (1 + window[:, None] + np.arange(5))
    assert np.allclose(x[:, :-1], puzzle.wave(times), atol=1e-5)
    distance = x[:, -1] / 5
    assert np.allclose(y, puzzle.wave(times[:, -1] + distance), atol=1e-4)
    assert ((distance >= 0.1) & (distance <= 9.9)).all()
    assert len(set(x[:, -1])) == 12


def test_the_wave_repeats_after_40_pi():
    at = np.linspace(0, 100, 50)
    assert np.allclose(puzzle.wave(at), puzzle.wave(at + 40 * np.pi))
    assert not np.allclose(puzzle.wave(at), puzzle.wave(at + 20 * np.pi))


def test_the_seed_decides_the_distances_alone():
    (a, _), (b, _), (c, _) = (puzzle.data(30, 8, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(a, b) and np.array_equal(a[:, :-1], c[:, :-1])
    assert not np.isclose(a[:, -1], c[:, -1]).any()


def test_the_last_tenth_is_held_out():
    x, y = puzzle.data(55, 8)
    (a, _), (b, labels) = puzzle.split(x, y)
    assert len(a) == 49 and np.array_equal(np.concatenate([a, b]), x)
    assert np.array_equal(labels, y[49:])


@pytest.mark.parametrize("sizes", [(0, 10, 1), (10, 1, 1), (10, 10, 0)])
def test_sizes_that_make_no_data_are_refused(sizes):
    with pytest.raises(ValueError, match="There is no data of"):
        puzzle.data(*sizes)


# The models


def test_the_questions_layers_stand_where_its_check_looks():
    from keras.layers import Dense, Dropout

    layers = puzzle.question_layers(0.05, units=7)
    assert [i for i, layer in enumerate(layers) if isinstance(layer, Dense)] == [0, 2, 4, 6, 8]
    assert all(isinstance(layer, Dropout) and layer.rate == 0.05 for layer in layers[1::2])
    assert [layer.units for layer in layers[::2]] == [7, 7, 7, 7, 1]


def losses(make):
    import keras

    keras.utils.set_random_seed(1)
    model = make()
    model.compile(keras.optimizers.RMSprop(5e-4), "mse")
    x, y = puzzle.data(200, 21, 2)
    fitted = model.fit(x, y, epochs=2, validation_split=0.1, verbose=0).history
    return fitted["loss"], fitted["val_loss"]


def test_the_look_alike_drops_only_if_it_knows_its_input_shape():
    """Bit for bit, as the lesson says."""
    import keras

    layers = puzzle.question_layers
    known = losses(lambda: puzzle.LookAlike(layers(0.05, 8), input_shape=(21,)))
    unknown = losses(lambda: puzzle.LookAlike(layers(0.05, 8)))
    dropping = losses(lambda: keras.Sequential(layers(0.05, 8)))
    hardly = losses(lambda: keras.Sequential([keras.Input((21,)), *layers(1e-9, 8)]))
    assert known == dropping != unknown == hardly


# The game


def test_four_of_the_eight_changes_change_the_run():
    guesses = {name: name in CHANGING for name in puzzle.PERTURBATIONS}
    game = puzzle.play(guesses)
    assert {turn.name for turn in game.turns if turn.changes} == CHANGING
    assert len(game.turns) == 8 and all(turn.right for turn in game.turns)
    assert game.sentence == "8 of 8 guesses are right."
    assert {turn.name for turn in game.turns if turn.before != turn.after} == CHANGING
    assert "WRONG" not in repr(game) and "✘" not in game._repr_html_()
    page = game._repr_html_()
    assert repr(game).endswith(perturbations.RULE) and "<strong>The rule.</strong>" in page
    assert "Python&#x27;s <code>random</code> when it is made" in page and "`" not in page
    for change in puzzle.PERTURBATIONS.values():
        code = escape(dedent(change.code))
        assert f'<pre style="{perturbations._CODE}">{code}</pre>' in page
    assert perturbations._CODE.startswith("white-space: pre;") and "overflow-x: auto" in page


def test_only_what_was_guessed_is_run_and_told():
    perturbations.perturbed.cache_clear()
    said = []
    game = puzzle.play({"numpy": True, "predict": None, "spare": ...}, say=said.append)
    assert perturbations.perturbed.cache_info().currsize == 1
    assert game.sentence == "0 of 1 guesses are right. There are 7 left to guess."
    assert said == [
        "Running the program as it stands …",
        "Running change 1 of 1: draw from NumPy first …",
        "Ran the program as it stands, and 1 change of it.",
    ]
    assert game.rule == "" and perturbations.RULE not in repr(game)
    assert "The rule." not in game._repr_html_()
    assert "WRONG  numpy" in repr(game) and "✘ changes the run (not so)" in game._repr_html_()
    for name, change in puzzle.PERTURBATIONS.items():
        assert (change.why in repr(game)) == (name == "numpy")


def test_in_a_notebook_one_line_says_what_is_running(monkeypatch):
    lines = []

    class Handle:
        def update(self, bundle, raw):
            lines[-1] = bundle["text/plain"]

    def display(bundle, raw, display_id):
        lines.append(bundle["text/plain"])
        return Handle()

    monkeypatch.setattr("utils.shell.in_ipython", lambda: True)
    monkeypatch.setattr("IPython.display.display", display)
    puzzle.play({"python": True, "numpy": False})
    assert lines == ["Ran the program as it stands, and 2 changes of it."]


def test_no_guess_is_no_run(capsys):
    perturbations.perturbed.cache_clear()
    game = puzzle.play(dict.fromkeys(puzzle.PERTURBATIONS))
    assert capsys.readouterr().out == "" and game.rule == ""
    assert perturbations.perturbed.cache_info().currsize == 0
    assert game.turns == () and repr(game).startswith("No guesses yet.")
    assert "No guesses yet." in game._repr_html_()


def test_a_game_leaves_the_global_dice_alone():
    random.seed(5), np.random.seed(5)
    expected = random.random(), np.random.rand()
    random.seed(5), np.random.seed(5)
    perturbations.perturbed.cache_clear()
    puzzle.perturbed("python")
    assert (random.random(), np.random.rand()) == expected


@pytest.mark.parametrize("guesses", [{"inputs": True}, {"input": "yes"}, {"input": 1}, [True]])
def test_a_guess_that_is_none_is_refused_in_a_sentence(guesses):
    with pytest.raises(ValueError, match=r"There is no change 'inputs'|The guess about|guesses is"):
        puzzle.play(guesses)


def test_every_change_is_in_the_program_that_is_run():
    for change in puzzle.PERTURBATIONS.values():
        assert perturbations.PROGRAM.count(change.where) == 1
        assert change.code in change.program
        assert (change.where in change.program.splitlines()) != change.replaces
        compile(change.program, "program", "exec")


def test_an_unknown_change_is_named():
    with pytest.raises(KeyError, match="no change 'seed'; there are input, relu"):
        puzzle.perturbed("seed")
