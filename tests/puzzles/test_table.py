"""A small table in text and in a page."""

import pytest

from utils.puzzles.table import Table, rich

NARROW = Table("What it is", ("name", "size"), (("one", "1"), ("twelve", "`x < 12`")))


def test_a_narrow_table_stands_in_columns():
    assert repr(NARROW).splitlines() == [
        "What it is",
        "",
        "name    size",
        "one     1",
        "twelve  `x < 12`",
    ]


def test_a_wide_table_is_written_row_by_row():
    wide = Table("", ("name", "first", "second"), (("a", 60 * "x", 60 * "y"), ("b", "u", "v")))
    assert repr(wide).splitlines() == [
        "a",
        f"    first: {60 * 'x'}",
        f"    second: {60 * 'y'}",
        "b",
        "    first: u",
        "    second: v",
    ]


def test_a_page_names_rows_and_columns_and_escapes_the_text():
    page = NARROW._repr_html_()
    assert page.count('scope="col"') == 2 == page.count('scope="row"')
    assert "<caption" in page and "What it is</caption>" in page
    assert "x &lt; 12</code>" in page and "<caption" not in Table("", ("a",), ())._repr_html_()


@pytest.mark.parametrize(
    "text, html", [("a ` b", "a ` b"), ("<b>", "&lt;b&gt;"), ("", ""), ("a & b", "a &amp; b")]
)
def test_text_without_code_stays_text(text, html):
    assert rich(text) == html
