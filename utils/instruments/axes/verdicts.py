"""From what was heard to findings, facts, and what was not looked at."""

from .inside import judge_inside
from .of_features import judge_features
from .of_rows import judge_rows
from .of_time import judge_time
from .recurrent import judge_recurrence


def judge(looked):
    """Lists of findings, of what was seen, and of what was not looked at."""
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
    return found, seen, not_seen
