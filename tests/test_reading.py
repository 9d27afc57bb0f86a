"""What `source` shows is the code that runs, in a fence that the code cannot end."""

import inspect
from pathlib import Path

import pytest

from utils.reading import Source, source


def test_a_function_a_class_and_a_file_are_shown_as_they_are():
    assert repr(source(source)) == inspect.getsource(source).strip()
    assert repr(source(Source)).startswith("class Source:\n    ")
    assert repr(source(Path(__file__))) == Path(__file__).read_text().strip()


def test_a_notebook_colours_it():
    assert source(source)._repr_markdown_().startswith("```python\ndef source(thing):\n")


def test_code_with_a_fence_in_it_does_not_end_the_fence():
    shown = Source('text = """\n```\n"""')._repr_markdown_()
    assert shown.startswith("````python\n") and shown.endswith("\n````")


def test_what_has_no_source_is_refused_in_a_sentence():
    with pytest.raises(TypeError, match="has no source to show; expected a function"):
        source(3)
