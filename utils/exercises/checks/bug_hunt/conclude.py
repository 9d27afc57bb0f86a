"""06.conclude: what a report of an instrument allows one to say. No finding is not a pass."""

from dataclasses import dataclass

from utils.exercises.calling import call, describe
from utils.exercises.exercise import Exercise, NotYet, not_yet, right
from utils.exercises.questions import first_wrong, verdicts
from utils.instruments.report import FAULT, NOTHING, QUESTION, Finding, Report

MEND, ASK, LOOK_ON = "mend", "ask", "look on"
WORDS = MEND, ASK, LOOK_ON


def judge_conclude(conclude):
    """Right if each report gets the word that its findings allow, whatever else it holds."""
    found = verdicts(_concluded, conclude, REPORTS)
    _, finding = first_wrong(found)
    if finding is None:
        return right(reports=len(REPORTS))
    if finding.message != "mistaken":
        return finding
    said = [verdict.facts.get("said") for verdict in found.values()]
    if len(set(said)) == 1:
        return not_yet("constant", said=said[0])
    for message, reading in READINGS:
        if said == [reading(shown.made) for shown in REPORTS]:
            return not_yet(message, **finding.facts)
    return finding


CONCLUDE = Exercise(
    id="06.conclude",
    task=(
        "Hand in `conclude(report)`, which returns what a report of any instrument allows you to "
        'do next: "mend" if it holds a fault, "ask" if it holds none and a question to whoever '
        'meant the program, "look on" if it holds neither. `report.faults` and `report.questions` '
        "are the names of what was found, `report.seen` and `report.not_seen` are sentences."
    ),
    judge=judge_conclude,
    messages={
        "other_word": (
            'For {words} your function returns {said}, and it should be one of "mend", "ask" and '
            '"look on". There is no word for "correct" among them, and that is on purpose: no '
            "instrument has looked everywhere. Look at each word that you return, letter by letter."
        ),
        "constant": (
            'Your function says "{said}" to every report. Then nobody needs to read one. Look at '
            "what makes two reports different."
        ),
        "alarm": (
            'For {words} your function says "mend". A question is no fault: a Bidirectional layer '
            "or a noisy predict may be just what its owner wants, and who mends it breaks a "
            "program that was right. Look at what your function does with `report.questions`."
        ),
        "questions_dropped": (
            'For {words} your function says "look on", and the report does hold something: a '
            "question. Whether it is a fault depends on what was meant, and somebody knows that. "
            "Look at which of the report's parts your function reads."
        ),
        "questions_first": (
            'For {words} your function says "ask", although a fault was found as well. A fault is '
            "wrong whatever was meant, and it may be what raised the question. Look at the order "
            "of your conditions."
        ),
        "not_seen": (
            'For {words} your function says "{said}". What was not looked at is neither a fault '
            "nor a question: nothing is known about it. Look at what your function does with "
            "`report.not_seen`."
        ),
        "by_words": (
            'For {words} your function says "{said}". It seems to judge by a sentence or by the '
            "verdict, and either may speak of more than faults, or of faults that are not there. "
            "Look for the parts of the report that hold findings and nothing else."
        ),
        "mistaken": (
            'For {words} your function says "{said}". That is not what these findings allow. Try '
            "your function on a report with faults, one with questions, one with both and one with "
            "neither."
        ),
    },
    hints=(
        "Take four reports: with a fault, with a question, with both, with neither. What would you "
        "do next in each case, if the program were a colleague's?",
        "A fault is wrong whatever was meant. A question can be answered by the owner alone. Which "
        "of the two comes first if there are both? And what is left to do when there is neither?",
        "`report.faults` and `report.questions` are tuples of names, and an empty tuple is false. "
        "Two conditions are enough, in the right order.",
        '`if report.faults: return "mend"`, then the questions, then "look on". The whole answer '
        "is in `solutions/06_bug_hunt.ipynb`.",
    ),
    hints_for={
        "other_word": "What would you tell a colleague whose program got no finding, if not that "
        "it is right?",
        "questions_first": "If both are there, what is certain?",
    },
    explanation=(
        "{reports} reports, and the right word for each. The third word is the one that is "
        "forgotten: where nothing was found, something else has to be looked at, or the same thing "
        "with other data. These programs run without an error, and each instrument looks at one "
        "side of them. What it says is true, and it is never everything."
    ),
    expects="a function `conclude(report)`",
)


@dataclass(frozen=True, eq=False)
class _Shown:
    """A report that is handed in, and what it holds, in words."""

    name: str
    made: Report

    def words(self):
        return self.name

    @property
    def truth(self):
        return _truth(self.made)


def _truth(report):
    return MEND if report.faults else ASK if report.questions else LOOK_ON


def _concluded(conclude, shown):
    said = call(conclude, shown.made)
    if type(said) is not str or said not in WORDS:
        told = f'"{said[:40]}"' if type(said) is str else describe(said)
        raise NotYet("other_word", said=told, words=shown.name)
    if said == shown.truth:
        return right(said=said)
    return not_yet("mistaken", said=said, words=shown.name)


_FAULT = Finding("samples hear each other", "Row 0 is poked, and row 1 answers.", FAULT)
_TWINS = Finding("units are twins", "Units 0 and 1 have equal weights and gradients.", FAULT)
_QUESTION = Finding("hidden noise", "Something draws numbers, and no layer says so.", QUESTION)
_SAID = "Each output hears the inputs up to its own time."
_NOT_SAID = "The loss was not looked at: the model is not compiled."
REPORTS = (
    _Shown("a report with one fault", Report("axes", (_FAULT,), (_SAID,))),
    _Shown("a report with one question", Report("noise", (_QUESTION,), (_SAID,))),
    _Shown("a report with a question and a fault", Report("noise", (_QUESTION, _TWINS), (_SAID,))),
    _Shown("a report that found nothing", Report("axes", (), (_SAID,))),
    _Shown(
        "a report that found nothing and did not look everywhere",
        Report("shapes", (), (_SAID,), (_NOT_SAID,)),
    ),
    _Shown("a report of an instrument that could not look", Report("shapes", (), (), (_NOT_SAID,))),
    _Shown(
        "a report with a fault that did not look everywhere",
        Report("gradients", (_TWINS,), (), (_NOT_SAID,)),
    ),
    _Shown(
        "a report with a question that did not look everywhere",
        Report("masks", (_QUESTION,), (), (_NOT_SAID,)),
    ),
    _Shown(
        "a report that found nothing and says that there is no fault and no question",
        Report("memory", (), ("No fault: what was carried is reset. No question was left.",)),
    ),
    _Shown("an empty report", Report("axes")),
    _Shown("a report with two faults", Report("diagnose", (_FAULT, _TWINS), (_SAID,))),
)


def _searching(report, texts):
    """The word of whoever searches texts for "fault" and "question"."""
    text = " ".join(texts).casefold()
    return MEND if "fault" in text else ASK if "question" in text else LOOK_ON


READINGS = (  # (message, what a function would say that reads reports like this)
    ("alarm", lambda report: MEND if report.findings else LOOK_ON),
    ("questions_dropped", lambda report: MEND if report.faults else LOOK_ON),
    (
        "questions_first",
        lambda report: ASK if report.questions else MEND if report.faults else LOOK_ON,
    ),
    *(
        ("not_seen", lambda report, word=word: _truth(report) if not report.not_seen else word)
        for word in WORDS
    ),
    *(
        (
            "not_seen",
            lambda report, word=word: (
                word if report.not_seen and not report.findings else _truth(report)
            ),
        )
        for word in (MEND, ASK)
    ),
    ("by_words", lambda report: _searching(report, [repr(report)])),
    ("by_words", lambda report: _searching(report, [report.sentence])),
    ("by_words", lambda report: MEND if report.sentence[:11] != NOTHING[:11] else LOOK_ON),
    ("by_words", lambda report: MEND if report.verdict != "no finding" else LOOK_ON),
)
