"""01.arrange: a stream as a time-major list. Judged on the map of positions that comes out."""

from collections.abc import Mapping, Set

import numpy as np

from utils.exercises.calling import as_array, call, describe, guarded
from utils.exercises.checks.time_major_lists.positions import run
from utils.exercises.checks.time_major_lists.sizes import (
    SIZES,
    across_sizes,
    finding_at,
    findings,
    in_words,
)
from utils.exercises.exercise import RIGHT, UNANSWERED, Exercise, NotYet, not_yet, right


def judge_arrange(arrange):
    """Right if every row of the lists is a run of neighbours, labels beside their elements."""
    # Rows that are shuffled twice may meet by chance.
    verdicts = findings(_arranged, arrange, SIZES, by_chance="rows_mixed")
    wrong = [verdict for verdict in verdicts.values() if verdict.outcome != RIGHT]
    if {verdict.message for verdict in wrong} == {"rows_mixed"}:
        return wrong[0]
    verdict = across_sizes(verdicts, ARRANGE.messages)
    if verdict.outcome == RIGHT:
        bits = {size: finding_at(_arranged_bits, arrange, *size) for size in SIZES[:3]}
        return next((found for found in bits.values() if found.outcome != RIGHT), verdict)
    return verdict


ARRANGE = Exercise(
    id="01.arrange",
    task=(
        "Hand in `arrange(stream, labels, batch, timesteps)`, which returns `(inputs, targets)`: "
        "two lists of `timesteps` arrays, `inputs[t]` of shape [batch, 1] and `targets[t]` of "
        "shape [batch], in which every row reads the stream in its order and has its labels "
        "beside it."
    ),
    judge=judge_arrange,
    messages={
        "not_a_pair": (
            "Your function returned {got}, and two things are wanted: the inputs and the targets. "
            "With inputs alone nobody can tell which label belongs to which element. Look at your "
            "`return` line."
        ),
        "zipped": (
            "You returned {timesteps} pairs, an input and a target for each step; wanted is one "
            "pair of two lists, each with {timesteps} arrays. Taken as it is, `inputs` would be "
            "your step 0. Look at how your result is nested."
        ),
        "swapped": (
            "`inputs` holds the labels and `targets` holds the stream. A network trained on that "
            "is asked for the bits and shown the answers. Look at the order of what you return."
        ),
        "wrong_source": (
            "Your `{what}` holds the numbers of the {source}. {consequence} Look at "
            "what each of the two lists is made from."
        ),
        "foreign": (
            "At batch {batch}, timesteps {timesteps}, `{what}[{t}]` holds {value} in row {b}, a "
            "number that is not in the {source} (the check uses other numbers than 0 and 1, all "
            "different, to follow each of them). {gone} Elements are to be moved, not computed "
            "anew, padded or converted. Look at what else your function does with them."
        ),
        "batch_elements": (
            "At batch {batch}, timesteps {timesteps} your `{what}` has {got} elements, one a row: "
            "element 0 holds {source} positions {first}. An RNN that is given a list reads each "
            "element as one moment, so it would meet all of these at once, and row {row} of the "
            "batch one step later. Look at which axis the list is taken along."
        ),
        "element_count": (
            "At batch {batch}, timesteps {timesteps} your `{what}` has length {got}, and an RNN "
            "takes one step for each element. {timesteps} steps times batch {batch} makes the {n} "
            "elements of the stream. Look at which of your axes the list is taken along, and how "
            "long that axis is."
        ),
        "dropped": (
            "At batch {batch}, timesteps {timesteps} your `{what}` has length {got} for "
            "{timesteps} steps, and {source} positions {missing} are in none of them. What the "
            "network never meets, the elements after it can't have seen. Look at both ends of "
            "your loop or slice."
        ),
        "missing_feature_axis": (
            "`inputs[{t}]` has shape {got}. An RNN step takes [batch, features], here "
            "({batch}, 1): without the last axis, {batch} rows of one number can't be told from "
            "one row of {batch} numbers. Look at what each axis of a list element stands for."
        ),
        "extra_target_axis": (
            "`targets[{t}]` has shape {got}, and ({batch},) is wanted: one class for each row. A "
            "last axis of 1 too many is not harmless: compared with ({batch},), it broadcasts to "
            "({batch}, {batch}), each row against every other. Look at the axes that your targets "
            "went through."
        ),
        "element_shape": (
            "At batch {batch}, timesteps {timesteps}, `{what}[{t}]` has shape {got}, and {wanted} "
            "is wanted: all rows of the batch at one moment. Look at which axis is gone or too "
            "many once the list is taken apart."
        ),
        "repeated": (
            "At batch {batch}, timesteps {timesteps}, {source} position {twice} is in `{what}` "
            "{times} times, and {missing} not at all. Each element belongs in one place. Look at "
            "where the same element is taken more than once."
        ),
        "flat_reshape": (
            "At batch {batch}, timesteps {timesteps}, your list element 0 holds stream positions "
            "{first}; an RNN reads those as {batch} separate streams at one moment. So row 0 is "
            "{row}: when the network meets position {later}, the last it has seen is {earlier}. "
            "It sees the previous element at {sees} of {possible} places. The labels are where "
            "they belong ({aligned} of {n}), so the loss goes down and tells nothing. Look at "
            "where neighbours of the stream end up: in one list element, or in one row?"
        ),
        "input_only": (
            "Row 0 of your inputs now reads {row}, as it should, but row 0 of your targets has "
            "the labels of {target_row}. {aligned} of {n} labels are beside their element; the "
            "rest belong to other bits, and the network can learn nothing from those. Look at "
            "the way that the labels take."
        ),
        "output_only": (
            "Row 0 of your targets has the labels of {target_row}, in the stream's order, but row "
            "0 of your inputs reads {row}. {aligned} of {n} labels are beside their element, and "
            "the previous element is seen at {sees} of {possible} places. Look at the way that the "
            "inputs take."
        ),
        "labels_shuffled": (
            "Your inputs are in order: they see the previous element at {sees} of {possible} "
            "places. The labels lie differently: row 0 reads {row} and has the labels of "
            "{target_row}; {aligned} of {n} are beside their element. Look at what "
            "happens to the one and not to the other."
        ),
        "shifted": (
            "Your inputs are in order, but {count} of {n} labels are {shift} too {way}: position "
            "{at} has the label of {label}. The label of an element already looks back at the one "
            "before. Look at what is moved between inputs and targets."
        ),
        "reversed_time": (
            "Row 0 of your inputs reads {row}: backwards. When the network meets position {later}, "
            "it has seen {earlier}, which comes after it, and never the one before. Look at where "
            "the order of the list is turned around."
        ),
        "stride": (
            "Row 0 of your inputs reads {row}: from one list element to the next each row jumps by "
            "{step} positions. The label needs the element right before, and the network sees it "
            "at {sees} of {possible} places ({aligned} of {n} labels are beside their element). "
            "Look at the axis along which neighbours of the stream stay neighbours."
        ),
        "broken_row": (
            "Nearly: the previous element is seen at {sees} of {possible} places. But in row "
            "{b}, step {t}, the network meets position {later} right after {earlier}. "
            "({aligned} of {n} labels are beside their element.) Look at the rows' edges: where "
            "does a row begin and end in the stream?"
        ),
        "scattered": (
            "At batch {batch}, timesteps {timesteps}, row 0 of your inputs reads {row} in list "
            "order, with the labels of {target_row}. {aligned} of {n} labels are beside their "
            "element, and the previous element is seen at {sees} of the "
            "{possible} places where it can be. Look at one row, from list element to list element."
        ),
        "real_bits": (
            "With numbers that all differ your lists are right, but with real bits and their "
            "classes, at batch {batch}, timesteps {timesteps}, they are not: {finding} In a stream "
            "of bits nearly every value occurs again, so a value does not tell where it stands. "
            "Look at what your function does with values, besides moving them."
        ),
        "truth_values": (
            "Your `{what}` holds truth values, where the {source} holds numbers. All that is not 0 "
            "has become the same (the check uses other numbers than 0 and 1, to follow each of "
            "them), and elements are to be moved, not converted. Look for a comparison, or for a "
            "type."
        ),
        "rows_mixed": (
            "Your inputs are in order, and so are your labels, each row for itself. But the rows "
            "do not belong together: row {b} of your inputs reads {row} and has the labels of "
            "{target_row}. {aligned} of {n} labels are beside their element. Look at the order of "
            "the rows on both sides, and at where it is made."
        ),
        "square_only": (
            "Where batch equals timesteps ({good}) your lists are right, and nowhere else, so two "
            "axes are mistaken for each other and their sizes hide it. At {bad}: {finding}"
        ),
        "hard_coded_size": (
            "Your lists are right at sizes that the lesson shows ({good}), and not at {bad}. "
            "There: {finding} Look for a number in your function that should be `batch` or "
            "`timesteps`."
        ),
        "some_sizes": ("Your lists are right at {good}, and not at {bad}. There: {finding}"),
    },
    hints=(
        "With batch = 3 and timesteps = 4, write down positions 0 to 11. The label of position 6 "
        "needs positions 5 and 6. In which row, and at which two steps, should the network meet "
        "them?",
        "Print `arrange(np.arange(12.0), np.arange(12), 3, 4)[0]` and read one row from list "
        "element to list element. What you read there is all that this row's memory has seen.",
        "`reshape` never changes the order of the elements: neighbours in the stream end up as "
        "neighbours along the last axis. Which of the two, batch or timesteps, has to be last? "
        "And along which axis is the list then taken?",
        "Cut the stream into `batch` rows of `timesteps` neighbours. Step t of the list is column "
        "t of that. The labels go exactly the same way, without the feature axis. The whole "
        "answer is in `solutions/01_time_major_lists.ipynb`.",
    ),
    hints_for={
        "flat_reshape": "Look at list element 0 again. Its entries are what the network meets at "
        "the same moment, in different rows. Should neighbours of the stream be there?",
        "input_only": "You have mended one half. Position 6 went to some row and step of the "
        "inputs; where did its label go? Follow the same path with both.",
        "output_only": "You have mended one half. The labels are in rows of neighbours; follow "
        "position 6 of the stream and see where your inputs put it.",
        "batch_elements": "Your rows may be right. But a list is read one element a moment, so "
        "element t should hold step t of every row.",
        "labels_shuffled": "Whatever order the rows have, inputs and targets must share it. Use "
        "the same steps for both.",
        "rows_mixed": "Whatever order the rows have, inputs and targets must share it. Make one "
        "order and use it for both.",
        "real_bits": "Try it with `stream = np.array([0., 0., 1., 1., 0., 1.])` and six labels, "
        "batch = 2, timesteps = 3. An element is known by its position.",
        "missing_feature_axis": "A column of one feature is still a column: `[:, None]`, or an "
        "axis of 1 in the shape.",
        "extra_target_axis": "The feature axis is for the inputs. The labels have none.",
        "square_only": "Try it with batch = 3, timesteps = 4 and print the shape after each line.",
        "stride": "Which axis of your array counts fastest through the stream: the first or the "
        "last? That one should be time.",
        "reversed_time": "The first list element is the first moment. Which step of each row "
        "should be in it?",
    },
    explanation=(
        "Every element but a row's first now follows the one before it, in the same row, and its "
        "label lies beside it. The list is time-major: element t is one time step of the whole "
        "batch, [batch, features], and rows are independent sequences. `reshape` keeps the "
        "elements' order, so a stream becomes [batch, timesteps] first and its time axis is moved "
        "to the front afterwards; a reshape straight to [timesteps, batch], in NumPy's default "
        "order, has the right shape and the wrong sequences. Which order the rows have does not "
        "matter."
    ),
    expects="a function `arrange(stream, labels, batch, timesteps)`",
)


def _arranged(arrange, batch, timesteps):
    n = batch * timesteps
    rng = np.random.default_rng([batch, timesteps])
    stream = (1 + rng.permutation(n)).astype(np.float32)
    labels = n + 1 + rng.permutation(n)
    inputs, targets = _pair(call(arrange, stream, labels, batch, timesteps), timesteps)
    inputs = _elements(inputs, "inputs", batch, timesteps)
    targets = _elements(targets, "targets", batch, timesteps)
    _refuse_mixed_up(inputs, targets, stream, labels)
    inputs = _stacked(inputs, "inputs", stream, (batch, 1), timesteps)
    targets = _stacked(targets, "targets", labels, (batch,), timesteps)
    return _order(
        read=_map(inputs[:, :, 0], "inputs", stream, batch, timesteps),
        wanted=_map(targets, "targets", labels, batch, timesteps),
    )


def _arranged_bits(arrange, batch, timesteps):
    """The verdict on a stream of real bits, where most values are equal: the same rows again."""
    n = batch * timesteps
    stream = np.random.default_rng([batch, timesteps]).integers(0, 2, n + 1).astype(np.float32)
    labels = (2 * stream[:-1] + stream[1:]).astype(int)
    stream = stream[1:]
    facts = {"batch": batch, "timesteps": timesteps}
    try:
        inputs, targets = _pair(call(arrange, stream, labels, batch, timesteps), timesteps)
        inputs = _stacked(
            _elements(inputs, "inputs", *facts.values()), "inputs", stream, (batch, 1), timesteps
        )
        targets = _stacked(
            _elements(targets, "targets", *facts.values()), "targets", labels, (batch,), timesteps
        )
    except NotYet as stop:
        if stop.verdict.outcome == UNANSWERED:
            raise
        return not_yet("real_bits", finding=in_words(stop.verdict, ARRANGE.messages), **facts)
    given = sorted(zip(inputs[:, :, 0].T.tolist(), targets.T.tolist(), strict=True))
    wanted = sorted(
        zip(*(v.reshape(batch, timesteps).tolist() for v in (stream, labels)), strict=True)
    )
    if given == wanted:
        return right()
    bits, classes = next(row for row in given if row not in wanted or given.count(row) > 1)
    row = (
        f"one row reads bits {run(bits)} with labels {run(classes)}, and the stream has none such."
    )
    return not_yet("real_bits", finding=row, **facts)


def _pair(result, timesteps):
    with guarded("its result was read"):
        ordered = np.iterable(result) and not isinstance(result, Mapping | Set | str)
        parts = list(result) if ordered else []
    if len(parts) != 2:
        zipped = len(parts) == timesteps and all(_is_pair(part) for part in parts)
        got = describe(result)
        raise NotYet("zipped" if zipped else "not_a_pair", got=got, timesteps=timesteps)
    return parts


def _is_pair(part):
    return isinstance(part, tuple | list) and len(part) == 2


def _elements(elements, what, batch, timesteps):
    """The list's elements as arrays; no more of them than there are elements in the stream."""
    if not hasattr(elements, "__len__") or isinstance(elements, Mapping | Set | str):
        expected = f"a list of {timesteps} arrays"
        raise NotYet("wrong_type", what=f"`{what}`", got=describe(elements), expected=expected)
    with guarded(f"its `{what}` was read"):
        count, n = len(elements), batch * timesteps
        elements = list(elements) if count <= n else []
    if not elements or len(elements) != count:
        raise NotYet("element_count", what=what, got=count, batch=batch, timesteps=timesteps, n=n)
    return [as_array(element, f"`{what}[{t}]`") for t, element in enumerate(elements)]


def _refuse_mixed_up(inputs, targets, stream, labels):
    """Raises NotYet if either list is made of the other's numbers."""
    inputs_are_labels = _all_from(labels, inputs)
    targets_are_stream = _all_from(stream, targets)
    if inputs_are_labels and targets_are_stream:
        raise NotYet("swapped")
    if inputs_are_labels:
        says = "The network is then shown the answers in its inputs, and has nothing to find out."
        raise NotYet("wrong_source", what="inputs", source="labels", consequence=says)
    if targets_are_stream:
        says = "The network is then asked to repeat its input, which needs no memory at all."
        raise NotYet("wrong_source", what="targets", source="stream", consequence=says)


def _all_from(source, arrays):
    return bool(arrays) and all((_places(array.ravel(), source) >= 0).all() for array in arrays)


def _stacked(arrays, what, source, wanted, timesteps):
    """The list as one array [timesteps, *wanted]; its count and each element's shape as asked."""
    batch = wanted[0]
    if source.size and any(array.dtype == bool for array in arrays):
        raise NotYet("truth_values", what=what, source="stream" if what == "inputs" else "labels")
    facts = {"what": what, "batch": batch, "timesteps": timesteps, "n": len(source)}
    facts |= {"source": "stream" if what == "inputs" else "label", "got": len(arrays)}
    if len(arrays) != timesteps:
        _miscounted(arrays, source, facts)
    for t, array in enumerate(arrays):
        if array.shape != wanted:
            facts |= {"t": t, "got": str(array.shape), "wanted": str(wanted)}
            if what == "inputs" and array.shape == (batch,):
                raise NotYet("missing_feature_axis", **facts)
            if what == "targets" and array.shape == (batch, 1):
                raise NotYet("extra_target_axis", **facts)
            raise NotYet("element_shape", **facts)
    return np.stack(arrays)


def _miscounted(arrays, source, facts):
    batch, timesteps = facts["batch"], facts["timesteps"]
    places = [_places(array.ravel(), source) for array in arrays]
    if len(arrays) == batch > 1 and all(len(place) == timesteps for place in places):
        raise NotYet("batch_elements", first=run(places[0]), row=min(1, batch - 1), **facts)
    held = {p for place in places for p in place.tolist()} - {-1}
    if len(arrays) < timesteps and all(len(place) == batch for place in places):
        raise NotYet("dropped", missing=run(sorted(set(range(len(source))) - held)), **facts)
    raise NotYet("element_count", **facts)


def _places(values, source):
    """The position of each value in `source`, whose numbers all differ; −1 where it is not."""
    order = np.argsort(source)
    at = np.clip(np.searchsorted(source[order], values), 0, len(source) - 1)
    found = order[at]
    return np.where(source[found] == values, found, -1)


def _map(values, what, source, batch, timesteps):
    """The positions [timesteps, batch] of `values` in their source, each of them once."""
    own = "stream" if what == "inputs" else "labels"
    places = _places(values, source)
    facts = {"what": what, "batch": batch, "timesteps": timesteps, "source": own}
    counts = np.bincount(places[places >= 0], minlength=batch * timesteps)
    missing = np.flatnonzero(counts == 0)
    if (places < 0).any():
        t, b = np.argwhere(places < 0)[0]
        gone = f"Position{'s' * (len(missing) > 1)} {run(missing)} of the {own} "
        gone = gone + ("is" if len(missing) == 1 else "are") + " nowhere." if len(missing) else ""
        raise NotYet("foreign", t=t, b=b, value=f"{values[t, b]:.6g}", gone=gone, **facts)
    if missing.size:
        facts["source"] = "stream" if what == "inputs" else "label"
        twice = int(counts.argmax())
        times = int(counts[twice])
        raise NotYet("repeated", twice=twice, times=times, missing=run(missing), **facts)
    return places


def _order(read, wanted):
    """The verdict on two index maps [timesteps, batch] that hold each position once."""
    timesteps, batch = read.shape
    steps = np.diff(read, axis=0)
    facts = {
        "batch": batch,
        "timesteps": timesteps,
        "n": read.size,
        "aligned": int((read == wanted).sum()),
        "sees": int((steps == 1).sum()),
        "possible": steps.size,
        "first": run(read[0]),
        "row": run(read[:, 0]),
        "target_row": run(wanted[:, 0]),
    }
    if facts["sees"] == facts["possible"]:
        return right() if facts["aligned"] == read.size else _labels_elsewhere(read, wanted, facts)
    t, b = np.argwhere(steps != 1)[0]
    facts |= {"t": int(t) + 1, "step": int(t) + 1, "b": int(b)}
    facts |= {"earlier": int(read[t, b]), "later": int(read[t + 1, b])}
    labels_in_rows = (np.diff(wanted, axis=0) == 1).all()
    if labels_in_rows:
        return not_yet("output_only", **facts)
    if (steps == -1).all():
        return not_yet("reversed_time", **facts)
    if facts["aligned"] == read.size and (np.diff(read, axis=1) == 1).all() and (steps > 0).all():
        return not_yet("flat_reshape", **facts)
    if facts["sees"] * 2 >= facts["possible"]:
        return not_yet("broken_row", **facts)
    if (steps == steps[0, 0]).all():
        return not_yet("stride", **facts | {"step": str(int(steps[0, 0])).replace("-", "−")})
    return not_yet("scattered", **facts)


def _labels_elsewhere(read, wanted, facts):
    """The inputs are in order and the labels are not beside them."""
    if {*map(tuple, wanted.T.tolist())} == {*map(tuple, read.T.tolist())}:
        b = int(np.argmax(wanted[0] != read[0]))
        rows = {"b": b, "row": run(read[:, b]), "target_row": run(wanted[:, b])}
        return not_yet("rows_mixed", **facts | rows)
    shift = (wanted - read) % read.size
    shifts, counts = np.unique(shift, return_counts=True)
    common = int(shifts[counts.argmax()])
    if common and counts.max() * 2 > read.size:
        late = common * 2 < read.size
        size = common if late else read.size - common
        straight = wanted - read == (size if late else -size)  # not those around the end
        t, b = np.argwhere(straight)[0]
        at = {"at": int(read[t, b]), "label": int(wanted[t, b]), "count": int(straight.sum())}
        return not_yet("shifted", **facts, **at, shift=size, way="late" if late else "early")
    if (np.diff(wanted, axis=1) == 1).all():
        return not_yet("input_only", **facts)
    return not_yet("labels_shuffled", **facts)
