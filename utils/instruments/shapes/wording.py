"""What is said of shapes: each finding with its numbers, why it matters, where to look."""

LONG = 80  # characters of a line that are still shown


def crossed(meeting, pairing):
    """Each row's answer meets the targets of all rows."""
    words = (
        f"{_place(meeting)} {'targets' if meeting.which >= 0 else 'sample weights'} of shape "
        f"{meeting.target} meet answers of shape {meeting.answer}, and broadcasting makes "
        f"{meeting.result} of them: what belongs to one row meets the answers of all rows."
    )
    if meeting.metric:
        return f"{words} This is a metric: what it reports is wrong, and the training is not."
    if pairing is not None:
        words += (
            f" With the targets in another order the loss is {short(pairing.permuted[0])}, as "
            "before, so that the model can at best learn one answer for all rows."
        )
    if meeting.built_in:
        return f"{words} Keras brings shapes together only if they differ by one axis of length 1."
    return (
        f"{words} Keras brings such shapes together for its own losses and for functions given to "
        "compile, not inside a Loss or a train_step of one's own: give both the same shape there."
    )


def by_chance(meeting, rows, fewer, error):
    """Shapes that fit with this number of rows only."""
    return (
        f"{_place(meeting)} targets of shape {meeting.target} meet answers of shape "
        f"{meeting.answer}. That fits only because the batch has {rows} rows, as many as another "
        f"axis is long: the target of a row is compared with one column of all rows. With {fewer} "
        f"rows the step raises an exception. ({error})"
    )


def would_cross(target, answer, full):
    """What an elementwise loss of one's own does with these."""
    return (
        f"The targets have the shape {target} and the answers {answer}. A loss of one's own that "
        f"subtracts them gets {full}, in which the answer of each row is compared with the targets "
        "of all rows. Keras' own losses bring some such shapes together; give both the same."
    )


def would_stretch(target, answer, full):
    """The same for a time axis on one side."""
    which = "answers" if answer == full else "targets"
    return (
        f"The targets have the shape {target} and the answers {answer}: the {which} have "
        f"{full[1]} timesteps and the others one. An elementwise loss repeats that one without a "
        "word. Look at return_sequences of the last recurrent layer."
    )


def shapes_of(target, answer):
    """The two shapes, as a sentence."""
    return f"The targets have the shape {target} and the answers {answer}."


def many_answers(steps):
    """Beside a broadcast: a sequence of answers against one target."""
    return (
        f"The model answers at each of {steps} timesteps, and there is one target for each row: "
        "look at return_sequences of the last recurrent layer."
    )


def stretched(meeting, name, steps):
    """The same rows, with one number on one side and several on the other."""
    words = (
        f"{_place(meeting)} targets of shape {meeting.target} meet answers of shape "
        f"{meeting.answer}, and broadcasting repeats the smaller one without a word"
    )
    if steps and name == "every step gets one target":
        return (
            f"{words}: the answers at all {steps} timesteps are compared with the one target of "
            "their row. Look at return_sequences of the last recurrent layer; if all steps are "
            "meant to learn that target, repeat it in y, so that it can be seen."
        )
    if steps and name == "one answer for every step":
        return (
            f"{words}: the one answer of a row is compared with its targets at all {steps} "
            "timesteps, and can at best become their mean. Look at return_sequences of the last "
            "recurrent layer, or give the last step's target only."
        )
    return (
        f"{words}: one number is compared with {max(meeting.result[-1], 2)} others. Is the answer "
        "as wide as was meant, or do class numbers want to be one-hot, or another loss?"
    )


def unpaired(pairing, meeting, pooled):
    """The order of the rows does not matter."""
    loss, alike = apart(pairing.loss, pairing.all_alike)
    words = (
        f"With the rows of the targets in another order the loss is {loss}, as before, though the "
        "answers differ from row to row and other targets change the loss (with the first row's "
        f"target for all rows it is {alike})."
    )
    if pooled:
        return (
            f"{words} {_place(meeting)} what is compared are shapes {meeting.target} and "
            f"{meeting.answer}, in which the rows are pooled already. If each row has a target of "
            "its own, compare first and take the mean then."
        )
    return (
        f"{words} So no answer is compared with the target of its own row. {_place(meeting)} "
        f"shapes {meeting.target} and {meeting.answer} meet: look there."
    )


def shuffled(meeting):
    """The targets are shuffled alone."""
    return (
        f"Within the step the rows of the targets are shuffled at random before they meet the "
        f"answers, whose rows are not. {_place(meeting)} shapes {meeting.target} and "
        f"{meeting.answer} meet. Shuffle x and y together, or let fit do it."
    )


def ignored(pairing):
    """Nothing is compared with the targets."""
    return (
        "y was given, and in the step nothing that comes from the model is compared with it: the "
        f"loss is {short(pairing.loss)} for other targets, too. Is the loss made without y on "
        "purpose?"
    )


def no_probabilities(call, share, divided, only_large):
    """Answers outside [0, 1] in a loss that takes them for probabilities."""
    words = (
        f"The {call.name} of the model takes its answers, of shape {call.answer.shape}, for "
        f"probabilities, and they range from {short(call.answer.min())} to "
        f"{short(call.answer.max())}: {percent(share)} lie outside [0, 1]."
    )
    if only_large:
        return (
            f"{words} Keras divides them by the sum of their row without a word. That makes "
            "probabilities of them, and NaN of a row of zeros. If no softmax was left out, all is "
            "well; else look at the activation of the last layer, or say from_logits=True."
        )
    what = "divides them by the sum of their row and clips what is" if divided else "clips those"
    last = "sigmoid" if call.name.startswith("binary") else "softmax"
    logits = "" if call.name == "kl_divergence" else ", or say from_logits=True in the loss"
    return (
        f"{words} Keras {what} outside without a word, and where it clips no gradient flows: such "
        "answers are not corrected, however wrong they are. Look at the activation of the last "
        f"layer ({last} makes probabilities){logits}."
    )


def no_probable_targets(call, share):
    """Targets outside [0, 1] in a binary loss."""
    return (
        f"The {call.name} of the model takes its targets for probabilities, and they range from "
        f"{short(call.target.min())} to {short(call.target.max())}: {percent(share)} lie outside "
        "[0, 1]. For such a target the best answer is 0 or 1 itself, and the loss can fall below "
        "zero: it does not say how far the answer is from the target. Make labels of -1 and 1 to 0 "
        "and 1; class numbers want a softmax and sparse_categorical_crossentropy; other numbers "
        "want to be scaled to [0, 1], or a loss for numbers, such as mse."
    )


def short(number, digits=3):
    """With so many significant digits; 12300 and no exponent for what is below a million."""
    return f"{float(f'{number:.{digits}g}'):.{max(digits, 6)}g}"


def apart(one, other):
    """Two losses, with as many digits as it takes to see that they differ."""
    digits = next((n for n in (3, 4, 5, 6) if short(one, n) != short(other, n)), 7)
    return short(one, digits), short(other, digits)


def percent(share):
    """A share that is not 0, in per cent."""
    return "less than 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def seen(evidence):
    """What met, and what the order of the rows did, in sentences."""
    pairs = []
    for meeting in evidence.meetings:
        of_rows = evidence.rows in meeting.target and evidence.rows in meeting.answer
        if not meeting.metric and meeting.which >= 0 and of_rows:
            pairs.append((meeting.target, meeting.answer))
    words = []
    if evidence.own_input and not pairs:
        words.append("The targets are the inputs, and no loss compares the two beside the model.")
    if pairs:
        target, answer = pairs[0]
        given = next((s for s in evidence.squeezed if s and s[:-1] == answer == target), None)
        after = f", after Keras took the last axis off: the model gives {given}" if given else ""
        words.append(
            f"In the loss targets of shape {target} meet answers of shape {answer}{after}."
        )
    paired = [p for p in evidence.pairings if not p.same]
    if paired and len(paired) == len(evidence.pairings):
        other, loss = apart(paired[0].permuted[-1], paired[0].loss)
        words.append(
            "Targets and answers are paired: with the targets in another order the loss is "
            f"{other} instead of {loss}. Only that it changes counts here; whether it gets smaller "
            "or larger does not, and before training it may well get smaller."
        )
    return tuple(words)


def _place(meeting):
    """Where it happens, as the beginning of a sentence."""
    if meeting.built_in:
        return f"In Keras' {meeting.where}"
    line = f" (“{meeting.line}”)" if 0 < len(meeting.line) <= LONG else ""
    return f"In {meeting.where}{line}"
