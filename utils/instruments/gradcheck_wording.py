"""What a gradcheck report says: its sentence, and its table as text and as HTML."""

import html

import numpy as np

from . import table

HEAD = ("parameter", "shape", "looked at", "‖analytic‖", "‖numerical‖", "norm error", "verdict")
NAMED = 4
SAYS_NOTHING_OF = "That says nothing about data, targets, or which loss is the right one."
LEVEL = 1.2  # errors within this factor of each other are on one level


def describe(report):
    """The whole result in a few sentences."""
    lines = [
        *_loss(report.answers),
        *_gradients(report.answers),
        *_changed(report.answers),
        *_compared(report),
        *_handling(report.answers),
    ]
    return " ".join(filter(None, [*lines, *report.notes]))


def _loss(answers):
    if answers.loss_varies:
        first, values = answers.losses[0][1], [value for _, value in answers.losses]
        since = next(when for when, value in answers.losses if value != first)
        when, other = max(answers.losses, key=lambda loss: abs(loss[1] - first))
        once, then = _told_apart(first, other)
        yield (
            f"The loss is not a function of the parameters: it was called {len(values)} times with "
            f"the very same ones, and was {once} at first and {then} {when}. {_trace(since)} "
            "Differences of such a loss mean nothing, so none are compared."
        )
    elif answers.reason:
        yield answers.reason
    elif answers.still:
        yield (
            f"The loss is {answers.losses[0][1]:.6g} wherever the parameters are: it does not look "
            "at what it is handed."
        )


def _trace(when):
    if when == "when called again":
        return "Two calls in a row differ: it carries over a state, or draws random numbers."
    if when == "after gradients was called":
        return "gradients leaves something behind that the loss goes on from: a state they share."
    return "An earlier call leaves something behind that it goes on from: a state."


def _gradients(answers):
    if answers.gradients_vary:
        when, size = next((w, v) for w, v in answers.gradients if v > 0)
        if answers.growing:
            yield (
                "gradients is not a function of the parameters: each call adds its result to that "
                "of the one before. Begin with zeros."
            )
        elif when == "when called again":
            yield (
                f"gradients is not a function of the parameters: the same ones got others when it "
                f"was called again ({_percent(size)} off the first). A state, or random numbers."
            )
        else:
            yield (
                "gradients is not a function of the parameters: the same ones got others after "
                f"loss was called elsewhere ({_percent(size)} off the first). It uses what an "
                "earlier call left behind, such as caches: run the forward pass inside of it."
            )
    if answers.not_finite:
        yield f"The gradients of {listed(answers.not_finite)} hold NaN or infinity."


def _changed(answers):
    if answers.changed:
        yield (
            f"{_and(answers.changed)} changed the parameters. They were put back; a program that "
            "goes on with them computes at another place than it believes."
        )


def _compared(report):
    if not report.blocks:
        yield report.reason if report.reason != report.answers.reason else ""
        return
    if not report.wrong:
        if report.reason:
            yield f"Whether the gradients are right can't be told. {report.reason}"
            return
        yield (
            f"The gradients agree with differences of the loss: norm error "
            f"{_number(report.error)} with a step of {_step(report.delta)}, as round-off allows "
            f"(up to {_number(report.bound)}). {SAYS_NOTHING_OF}"
        )
        return
    wrong = [block for block in report.blocks if block.wrong]
    fine = [block for block in report.blocks if not block.wrong]
    if report.factor is not None:
        yield (
            f"All gradients have to be multiplied by {_factor(report.factor)} to be those of this "
            f"loss. {_hint(report.factor)}"
        )
    else:
        yield f"The gradients are not those of this loss: norm error {_number(report.error)}."
    if not wrong:
        yield "They are off along directions through all parameters, in an array not looked at."
    yield _plateau(report)
    if report.factor is None and wrong:
        wrong = sorted(wrong, key=lambda block: -block.error)
        told = [f"“{b.name}” ({_off(b)}{b.remark and f'; {b.remark}'})" for b in wrong[:NAMED]]
        more = [f"{len(wrong) - NAMED} more"] if len(wrong) > NAMED else []
        yield f"Off {'are' if len(wrong) > 1 else 'is'} {_and([*told, *more])}."
        if fine:
            yield f"{listed([b.name for b in fine])} {'agree' if len(fine) > 1 else 'agrees'}."
        if wrong[0].off.any():
            place, analytic, numerical = wrong[0].worst
            at = f"{list(place)}" if place else ""
            one, other = _told_apart(analytic, numerical)
            yield f"For example {wrong[0].name}{at}: gradient {one}, difference {other}."


def _plateau(report):
    """Over which steps the error stays the same, which a numerical error would not."""
    errors, deltas = np.asarray(report.errors), np.asarray(report.deltas)
    finite = np.isfinite(errors)
    if not finite.any():
        return ""
    level = np.median(errors[finite])
    same = finite & (errors < level * LEVEL) & (errors > level / LEVEL)
    if same.sum() < 3:
        return ""
    longest, shortest = _step(deltas[same].max()), _step(deltas[same].min())
    return (
        f"From steps of {longest} down to {shortest} the error stays the same: an error that "
        "ignores the step is not numerical."
    )


def _handling(answers):
    if answers.missing:
        yield f"For {listed(answers.missing)} gradients returned None, which was taken for 0."
    if answers.in_place:
        yield (
            "The functions look at the arrays themselves, so these were changed in place and put "
            "back."
        )


def _hint(factor):
    if np.isclose(factor, -1, rtol=1e-3):
        return "The sign is turned round."
    return (
        "A factor of 2 is a square without its 2; one like the number of timesteps or rows is a "
        "sum on one side and a mean on the other; any other may be a gradient that was clipped."
    )


# The table


def rows(report):
    """One row of words for each array, under HEAD."""
    return [
        (
            block.name,
            str(block.shape),
            f"{len(block.numbers)} of {int(np.prod(block.shape))}",
            _number(np.linalg.norm(block.analytic)),
            _number(np.linalg.norm(block.numerical)),
            _number(block.error),
            _verdict(block),
        )
        for block in report.blocks
    ]


def _verdict(block):
    if block.wrong:
        return "off"
    if block.zero:
        return "both 0"
    return "agrees" if block.bound <= 1e-2 else "can't be told"


def text_table(report):
    """The table as lines of text; none if nothing was compared."""
    found = rows(report)
    return table.as_lines(HEAD, found) if found else []


def page(report):
    """The table as HTML, and the sentence where there is no table."""
    if not report.blocks:
        return f"<p>{html.escape(report.sentence)}</p>"
    return table.as_html("Gradients against differences of the loss", HEAD, rows(report))


# Words


def _off(block):
    if not block.off.any():
        return "along a direction through all of it"
    return f"{int(block.off.sum())} of {len(block.numbers)} numbers"


def _factor(factor):
    whole = round(factor)
    if whole and np.isclose(factor, whole, rtol=1e-4):
        return str(whole).replace("-", "−")
    inverse = round(1 / factor)
    if inverse and np.isclose(1 / factor, inverse, rtol=1e-4):
        return f"1/{inverse}" if inverse > 0 else f"−1/{-inverse}"
    return _number(factor)


def _number(value):
    return f"{float(value):.2g}".replace("-", "−")


def _told_apart(one, other):
    """Two numbers with as many digits as it takes to see that they differ."""
    for digits in range(3, 17):
        texts = [f"{value:.{digits}g}".replace("-", "−") for value in (one, other)]
        if texts[0] != texts[1]:
            break
    return texts


def _step(value):
    return f"{float(value):.1g}".replace("-", "−")


def _percent(share):
    return f"{100 * share:.2g} %"


def listed(names):
    """Names in quotation marks, the first few of many."""
    names = [f"“{name}”" for name in names]
    more = [f"{len(names) - NAMED} more"] if len(names) > NAMED else []
    return _and([*names[:NAMED], *more])


def _and(parts):
    parts = list(parts)
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
