"""The five questions to put to any recurrent model, for a notebook and for one printed page."""

import html
from dataclasses import dataclass
from pathlib import Path

from utils.puzzles.table import Table, rich

TITLE = "Five questions to put to any recurrent model"
BEFORE = (
    "Ask them in this order, before you turn a knob. Each time, write down the answer that you "
    "expect, and only then run the line."
)
AFTER = (
    "All five at once: `diagnose(model, x, y)`. No finding does not prove that the model is right. "
    "Read what was not looked at, and ask that by hand."
)
IMPORTS = (
    "from utils import axes, diagnose, gradcheck, gradients, memory, noise, shapes, spread, streams"
)

BY_HAND = (  # what the lines by hand use, beside NumPy, model, x and y
    "def reset(): [one.reset_state() for one in model.layers if getattr(one, 'stateful', 0)]\n"
    "def ask(x): return model.predict(x, batch_size=len(x))\n"
    "def fit(): reset(); return model.fit(x, y, batch_size=len(x), shuffle=False)"
)


@dataclass(frozen=True)
class Question:
    """One question, the instruments that ask it, and what to look out for."""

    words: str
    lines: tuple[str, ...]  # a call of an instrument each
    by_hand: str  # the same with Keras and NumPy alone
    good: str  # what `by_hand` shows if all is well
    bad: tuple[tuple[str, str], ...]  # (an instrument's finding, what it looks like)
    lesson: str  # that showed it

    @property
    def in_words(self):
        """What a bad answer looks like, as a text; the findings stand in quotation marks."""
        return " ".join(f"“{finding}”: {words}" for finding, words in self.bad)


@dataclass(frozen=True)
class FiveQuestions:
    """The questions in the order in which to ask them; a table in a notebook, a page on paper."""

    questions: tuple[Question, ...]

    def page(self, path="five_questions.html"):
        """Writes the page for the printer, one sheet of A4: a single HTML file. Returns its path.

        Raises ValueError if the name does not end in .html, FileNotFoundError if there is no such
        folder, IsADirectoryError if the name is that of one. A file of that name is replaced.
        """
        path = Path(path)
        if path.suffix.lower() not in (".html", ".htm"):
            raise ValueError(f"The page is an HTML file, and {path} does not end in .html.")
        if path.is_dir():
            raise IsADirectoryError(f"{path} is a folder. The page wants a name of its own.")
        if not path.parent.is_dir():
            raise FileNotFoundError(f"There is no folder {path.parent} to write the page to.")
        path.write_text(_page(self.questions), encoding="utf-8")
        return path

    def _table(self):
        heads = "The question", "Ask it with", "A bad answer", "Seen in"
        rows = tuple(
            (
                f"{number}. {question.words}",
                ", ".join(f"`{line}`" for line in question.lines),
                question.in_words,
                question.lesson,
            )
            for number, question in enumerate(self.questions, 1)
        )
        return Table(TITLE, heads, rows)

    def _repr_html_(self):
        said = "".join(f"<p>{rich(text)}</p>" for text in (BEFORE, AFTER))
        return f"{self._table()._repr_html_()}{said}"

    def __repr__(self):
        return f"{self._table()!r}\n\n{BEFORE}\n{AFTER}"


FIVE_QUESTIONS = FiveQuestions(
    (
        Question(
            words="What does each axis mean, and who hears whom?",
            lines=("axes(model, x, y)",),
            by_hand=(
                "poked = x.copy(); poked[0] = x[-1]  # values that occur, also where they are ids\n"
                "reset(); before = ask(x); reset(); after = ask(poked)\n"
                "np.abs(after - before).reshape(len(x), -1).max(axis=1)"
            ),
            good="Row 0 alone moves.",
            bad=(
                ("samples hear each other", "poke row 0, and row 1 answers."),
                ("one timestep", "the recurrent weights never act."),
                ("runs backwards", "output t heard the end of the sequence and not its beginning."),
            ),
            lesson="01 Time-major lists",
        ),
        Question(
            words="What is random, and when?",
            lines=("noise(model, x, y)", "spread(a, b)"),
            by_hand=(
                "kept = model.get_weights(); first = fit(); model.set_weights(kept)\n"
                "again = fit(); model.set_weights(kept)  # from the same weights: chance\n"
                'first.history["loss"] + again.history["loss"]'
            ),
            good="The losses differ where there is Dropout. After each reset, ask(x) is equal.",
            bad=(
                ("never acts in fit", "Dropout stands in the summary, and both losses are equal."),
                ("acts in predict", "ask twice, and get two answers."),
            ),
            lesson="02 A missing input_shape",
        ),
        Question(
            words="What is each answer asked for, and can it know it?",
            lines=("shapes(model, x, y)", "axes(model, x, y, causal=True)"),
            by_hand=(
                "ask(x).shape, y.shape  # the same axes, with the same meaning?\n"
                "# then for one t: from which inputs could anybody tell y[:, t]?"
            ),
            good="An answer for each target, asked for what it has heard.",
            bad=(
                ("silently broadcast", "every answer is compared with every target."),
                ("does not hear what is asked", "the target lies in an input that it never hears."),
                ("hears the future", "the answer stands in its input."),
            ),
            lesson="03 Sequence or last state",
        ),
        Question(
            words="Is that the gradient of this loss, and does every part get one?",
            lines=("gradients(model, x, y)", "gradcheck(loss, gradients_of, p)"),
            by_hand=(
                "before = model.get_weights(); fit()\n"
                "[np.abs(a - b).max() for a, b in zip(before, model.get_weights())]"
            ),
            good="No part that should learn shows 0, and the list is as long as you think.",
            bad=(
                ("no gradient", "a part stays as it was drawn, while the loss goes down."),
                ("units are twins", "they began equal and stay equal for ever."),
                ("gradient is not the loss's", "the numbers agree at T = 1 and part as T grows."),
            ),
            lesson="04 A gradient check that fails",
        ),
        Question(
            words="Where does the state live, who shares it, and who resets it?",
            lines=("memory(model, x)", "streams(model, x)"),
            by_hand=(
                "reset(); whole = ask(x); reset()\n"
                "halves = [ask(half) for half in np.array_split(x, 2, axis=1)]"
            ),
            good="If state is carried: joined, the halves are the whole; of one answer per "
            "sequence, the last.",
            bad=(
                ("split differs", "two halves are not the whole."),
                ("not reset", "a new sequence begins with the end of an old one."),
                ("streams leak", "stream 1 goes on from the state of stream 0."),
            ),
            lesson="05 A shared stateful LSTM",
        ),
    )
)


def _page(questions):
    """The whole HTML file; it loads nothing."""
    blocks = "".join(_block(number, one) for number, one in enumerate(questions, 1))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(TITLE)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{html.escape(TITLE)}</h1>\n<p>{rich(BEFORE)}</p>\n"
        f'<p class="imports"><code>{html.escape(IMPORTS)}</code></p>\n'
        f"<pre>{html.escape(BY_HAND)}</pre>\n"
        f"{blocks}<p>{rich(AFTER)}</p>\n</main>\n</body>\n</html>\n"
    )


def _block(number, question):
    findings = "".join(
        f"<li><b>{html.escape(finding)}</b>: {html.escape(words)}</li>"
        for finding, words in question.bad
    )
    calls = " ".join(f"<code>{html.escape(line)}</code>" for line in question.lines)
    parts = {
        "Ask": f"<p>{calls}</p>",
        "By hand": f"<pre>{html.escape(question.by_hand)}</pre><p>{html.escape(question.good)}</p>",
        "A bad answer": f"<ul>{findings}</ul>",
        "My model": '<p class="rule">&nbsp;</p>',
    }
    listed = "".join(f"<dt>{name}</dt><dd>{part}</dd>" for name, part in parts.items())
    return (
        f"<section>\n<header><h2>{number}. {html.escape(question.words)}</h2>"
        f"<p>{html.escape(question.lesson)}</p></header>\n<dl>{listed}</dl>\n</section>\n"
    )


_STYLE = """
@page { size: A4; margin: 11mm 14mm; }
:root { color-scheme: light dark; }
body { margin: 0; font: 9.5pt/1.3 "Liberation Sans", Arial, Helvetica, system-ui, sans-serif; }
main { max-width: 182mm; margin: 0 auto; padding: 1rem; }
h1 { font-size: 16pt; margin: 0 0 1.5mm; }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 4mm; }
h2 { font-size: 11pt; margin: 0; }
p { margin: 0; }
.imports { margin: 1mm 0; }
main > pre { margin: 0 0 2mm; }
section { border-top: 1px solid #777; padding: 1.5mm 0 2mm; break-inside: avoid; }
dl { display: grid; grid-template-columns: 25mm 1fr; gap: .7mm 2mm; margin: 0; font-size: 8.5pt; }
dt { font-weight: bold; }
dd, ul { margin: 0; padding: 0; min-width: 0; }
ul { list-style: none; }
code, pre {
  font: 7.5pt/1.3 "Liberation Mono", "Courier New", ui-monospace, monospace;
  overflow-wrap: anywhere;
}
dd code { font-size: 9pt; font-weight: bold; margin-right: 6mm; }
pre { margin: 0; white-space: pre-wrap; }
.rule { border-bottom: 1px dotted #777; height: 4mm; }
@media print {
  :root { color-scheme: light; }
  main { max-width: none; padding: 0; }
}
"""
