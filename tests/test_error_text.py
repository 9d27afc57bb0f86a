"""An error's text is shown without the colours that were meant for a terminal."""

import pytest

from utils.error_text import text_of, without_colours


def test_what_keras_says_loses_its_colours():
    import keras

    with pytest.raises(Exception) as caught:
        keras.Sequential([keras.layers.Lambda(lambda x: x[:, 3])])(keras.ops.ones((1, 2)))
    assert "\x1b" in str(caught.value)
    assert "\x1b" not in text_of(caught.value) and "[1m" not in text_of(caught.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1mBold\x1b[0m and \x1b[38;5;196mred\x1b[m", "Bold and red"),
        ("\x1b]0;title\x07plain\x1b[2K", "plain"),
        ("x[1m] stays, and [0m too", "x[1m] stays, and [0m too"),
    ],
)
def test_codes_go_and_words_stay(text, shown):
    assert without_colours(text) == shown


def test_a_long_text_is_cut_after_its_colours_are_gone():
    error = ValueError("\x1b[1m" * 200 + "a" * 20)
    assert text_of(error, 20) == "a" * 20
    assert text_of(error, 5) == "aaaaa …"
