"""From what was heard to findings, facts, and what was not looked at."""

from ..report import FAULT, Finding
from .inside import judge_inside
from .of_features import judge_features
from .of_rows import judge_rows
from .of_time import judge_time
from .recurrent import judge_recurrence


def judge(looked):
    """Findings, one of each name, what was seen, and what was not looked at."""
    found, seen, not_seen = [], [], []
    for judged in (judge_rows, judge_time, judge_features, judge_inside, judge_recurrence):
        if judged is judge_inside and any(one.name == "runs backwards" for one in found):
            continue
        for all_of_it, some in zip((found, seen, not_seen), judged(looked), strict=True):
            all_of_it.extend(some)
    for words, times in looked.asker.raised.items():
        not_seen.append(
            f"{times} changed input{'s' if times > 1 else ''} could not be asked: {words}"
        )
    return _one_of_each(found), tuple(seen), tuple(not_seen)


def _one_of_each(found):
    """Findings of one name as one, of the gravest level, in the order in which they were found."""
    by_name = {}
    for one in found:
        by_name.setdefault(one.name, []).append(one)
    return tuple(
        Finding(
            name,
            " ".join(dict.fromkeys(one.words for one in those)),
            FAULT if any(one.level == FAULT for one in those) else those[0].level,
        )
        for name, those in by_name.items()
    )
