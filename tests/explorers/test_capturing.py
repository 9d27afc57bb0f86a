"""Catching one thread's words: other threads, errors and redirections in between."""

import sys
import threading
from contextlib import redirect_stdout
from io import StringIO

import pytest

from utils.explorers.capturing import printed


def test_both_streams_of_this_thread_are_caught(capsys):
    with printed() as words:
        print("one")
        print("two", file=sys.stderr)
    print("three")
    assert words.getvalue() == "one\ntwo\n"
    assert capsys.readouterr() == ("three\n", "")


def test_another_threads_words_pass_through(capsys):
    with printed() as words:
        other = threading.Thread(target=print, args=("elsewhere",))
        other.start()
        other.join()
        print("here")
    assert words.getvalue() == "here\n"
    assert capsys.readouterr().out == "elsewhere\n"


def test_the_streams_are_back_after_an_error():
    before = sys.stdout, sys.stderr
    with pytest.raises(ZeroDivisionError), printed():
        raise ZeroDivisionError
    assert (sys.stdout, sys.stderr) == before


def test_a_redirection_that_outlives_it_keeps_its_words():
    cell = StringIO()
    caught = printed()
    with redirect_stdout(StringIO()):
        redirection = redirect_stdout(cell)
        words = caught.__enter__()
        redirection.__enter__()  # a cell redirects while a callback runs
        print("of the cell")
        caught.__exit__(None, None, None)
        print("of the cell too")
        redirection.__exit__(None, None, None)  # puts the callback's stream back
        print("after both")
    assert cell.getvalue() == "of the cell\nof the cell too\n"
    assert words.getvalue() == ""


def test_it_is_the_original_in_all_other_ways():
    encoding = sys.stdout.encoding
    with printed():
        assert sys.stdout.encoding == encoding
        sys.stdout.flush()
