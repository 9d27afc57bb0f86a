"""What a cell shows of the hunt: the names of the causes, and what came of a run."""

import numpy as np
import pytest

from utils.puzzles import bug_hunt as puzzle
from utils.puzzles.bug_hunt.running import Run


def run(losses=(0.5, 0.25), score=0.75, choice=False):
    nothing = np.zeros((1, 1))
    return Run(losses, score, 2.0, 0, nothing, nothing, nothing, None, {}, (), choice)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (run(), ["0.5 at first", "0.25 after 2 rounds", "R² on new data is 0.75", "mean of the"]),
        (run(choice=True), ["share of right answers on new data is 0.75", "0.5 is guessing"]),
        (run(score=-0.001), ["is 0.00 ("]),
        (run(losses=(0.5,)), ["0.5 at first and 0.5 after 1 round;"]),
    ],
)
def test_a_run_says_in_words_how_it_went(made, said):
    assert all(part in made.sentence for part in said), made.sentence
    shown = made._repr_mimebundle_()
    assert shown["text/plain"] == repr(made) == made.sentence
    assert "<img" in shown["text/html"]


def test_a_run_without_losses_says_so():
    assert run(losses=()).sentence.startswith("There is no loss; R²")
    assert run(losses=())._repr_mimebundle_() == {"text/plain": run(losses=()).sentence}


def test_the_causes_are_a_table_and_still_a_dict():
    causes = puzzle.case(0).causes
    assert causes == dict(causes) and isinstance(causes, dict)
    assert len(repr(causes).splitlines()) == len(causes)
    assert causes._repr_html_().count("<tr>") == len(causes) + 1


def test_a_program_keeps_its_lines_wherever_it_is_shown():
    page = puzzle.case(0)._repr_mimebundle_()["text/html"]
    assert page.count("white-space: pre") == 2  # the page of JupyterLab lets the inner one wrap
