"""01.poke: which outputs move when one input is changed? Judged on models of known wiring."""

from dataclasses import dataclass

import numpy as np

from utils.exercises.calling import call
from utils.exercises.checks.time_major_lists.positions import listed, position_messages, positions
from utils.exercises.exercise import Exercise, not_yet, right


def judge_poke(poke):
    """Right if `poke` names the moved outputs of every stand-in, whatever the bit it meets."""
    questions = list(_poke_questions())
    cases = [_observe(poke, *question) for question in questions]
    wrong = [case for case in cases if case.given != case.truth]
    if wrong:
        return _misread(wrong, cases)
    chance = np.random.default_rng()
    for k in chance.permutation(len(questions))[: chance.integers(5, 15)]:
        if _observe(poke, *questions[k]).given != cases[k].truth:
            i, n = cases[k].i, len(cases[k].stream)
            return not_yet("unsteady", asked=f"about input {i} of {n}")
    return right(questions=len(cases))


POKE = Exercise(
    id="01.poke",
    task=(
        "Hand in `poke(model, stream, i)`, which returns the positions of all outputs that move "
        "when input `i` of the stream is changed."
    ),
    judge=judge_poke,
    messages=position_messages("Asked about input {i} of {n}, ")
    | {
        "not_asked": (
            "Your function never called the model, and for input {i} of {n} it answered "
            "{given}. Two models with the same shapes can differ in what they hear; in this one "
            "{moves}. Look at who can know which outputs depend on an input."
        ),
        "no_change": (
            "Input {i} is {bit} here, and {calls} you made of the model had {bit} there as "
            "well, so nothing was poked: you answered {given}, and with another bit there {moves}. "
            " Look at what your change does to a bit that already has that value."
        ),
        "never_poked": (
            "Asked about input {i}, as in every other case, {calls} you made of the model was "
            "with the stream as it is: nothing was poked, and you answered {given}. Look at which "
            "of your arrays reaches the model."
        ),
        "poked_elsewhere": (
            "Asked about input {i}, you gave the model a stream that differs from the one you were "
            "handed at {where}. What then moves is the doing of those inputs together, so your "
            "answer, {given}, is not about input {i} alone: what one input does can depend on the "
            "others. Look at the two streams side by side before the model sees them."
        ),
        "weak_poke": (
            "You changed input {i} from {bit} to {poked}, and for this model that makes no "
            "difference at {unmoved}, which a flipped bit does move. An instrument that pokes "
            "too little, or in a way that the model doesn't tell apart, shows silence where there "
            "is a connection. Look at which two values a bit can have."
        ),
        "argmax": (
            "Your answer for input {i}, {given}, holds the outputs whose most probable class "
            "changes. {Missing} moved as well, by up to {amount}, with the same class on top. "
            "The connection is there before a decision turns. Look at what is lost between the "
            "outputs and what you compare."
        ),
        "one_class": (
            "Your answer for input {i}, {given}, is what one sees in column {column} alone. "
            "{Missing} moved in another column. Each output has {classes} numbers, and each of "
            "them may be the one that hears the input. Look at which axis you take an index of."
        ),
        "cancelled": (
            "Your answer for input {i} is {given}, which is where the sum over the classes "
            "changes. {Missing} moved by up to {amount}, up in one class and down in another: "
            "probabilities sum to 1 whatever happens. Look at the order in which you add up and "
            "compare."
        ),
        "direction": (
            "Your answer for input {i}, {given}, holds outputs in which a number {way}. "
            "{Missing} moved the other way, by up to {amount}, and a move is a move. Look at the "
            "sign of what you compare."
        ),
        "flattened": (
            "Your answer for input {i}, {given}, counts every number of the model's output by "
            "itself: {n} outputs of {classes} numbers each, one after the other. Counted as "
            "outputs, {moves}. Look at how many axes the array has in which you search, and at "
            "what its flat index counts."
        ),
        "not_a_number": (
            "You changed input {i} to something that makes the model say NaN at the outputs that "
            "hear it, {truth}; your answer is {given}. NaN is neither above nor below nor equal to "
            "anything, so a comparison with it tells less than it seems. Look at what your "
            "comparison says of NaN, or at which two values a bit can have."
        ),
        "every_class": (
            "Your answer for input {i}, {given}, holds the outputs of which every number "
            "changed. In {missing} some numbers stayed and another moved by {amount}. Look at "
            "how you get from {classes} numbers an output to one yes or no."
        ),
        "coarse": (
            "Your answer for input {i} is {given}, and you leave out {missing}, which moved by "
            "{amount} when that bit was changed. These models repeat themselves to the last digit, "
            "so even that is a real connection: a memory that fades is still a memory. Look at "
            "what size of move you begin to count at, and how far you poke."
        ),
        "complement": (
            "Your answer for input {i}, {given}, holds exactly the outputs that stay where they "
            "were; {moves}. Look at which way your comparison is asked."
        ),
        "only_later": (
            "Your answer for input {i}, {given}, holds no output before {i}, and {missing} moved "
            "too. A right model would not do that, but whether this one is right is what the "
            "instrument has to find out. Look at which outputs you let it see."
        ),
        "itself": (
            "Your answer for input {i}, {given}, differs from what moves, {truth}, in output {i} "
            "alone. Whether an output hears its own input differs from model to model. Look at "
            "what you take for granted about position {i}."
        ),
        "off_by_one": (
            "Your answer for input {i} is {given}, and the outputs that move are {truth}: the "
            "same, one further on or back. Look at where you begin to count."
        ),
        "other": (
            "With input {i} of {n} changed, {moves}; your answer is {given}. It {difference}. "
            "Look at output {example}: print its numbers before and after the change, and follow "
            "them to what you return."
        ),
    },
    hints=(
        "What would you need to see, to believe that output 7 hears input 4? How many times does "
        "the model have to be asked for that?",
        "Ask the model twice: once with the stream as it is, once with a copy in which only input "
        "`i` is different. A bit has two values; make sure that your change is one for both.",
        "Compare the two answers number by number. An output has moved if any of its classes "
        "has changed, up or down; that is one yes or no for each row. Then turn the yeses into "
        "positions.",
        "In NumPy's words: `stream.copy()`, `1 - bit`, `!=`, `.any(axis=1)`, `np.flatnonzero`. "
        "The whole answer is in `solutions/01_time_major_lists.ipynb`.",
    ),
    hints_for={
        "not_asked": "Begin with `before = model(stream)`. What do you change for a second call?",
        "no_change": "Try your change by hand on a 0 and on a 1. Which of the two comes out as it "
        "went in? What expression turns each of them into the other?",
        "poked_elsewhere": "Make a copy of the stream and assign to one position of it. Then "
        "`np.flatnonzero(copy != stream)` should be `[i]` and nothing else.",
        "weak_poke": "The stream holds bits. The strongest change that it can meet is the other "
        "bit: 0 where there was 1, 1 where there was 0.",
        "flattened": "How many numbers does the model give for one output, and how many do you "
        "want to give back for it? Make one yes or no of them before you ask where.",
        "not_a_number": "What is `np.nan > 0`? And `np.nan != 1`? A flipped bit is change enough.",
        "argmax": "Compare the arrays that the model returns, all classes of them, before you "
        "make a decision out of them.",
        "one_class": "Compare the whole arrays, `(n, classes)` with `(n, classes)`; only then ask "
        "for each row whether anything in it is different.",
        "cancelled": "Compare first, number by number; sum or take the largest of the differences "
        "only when they have lost their signs.",
        "direction": "A difference can be negative. What do you have to do to it, so that both "
        "ways count?",
        "every_class": "NumPy has two ways to make one truth value out of a row: `all` and `any`. "
        "Which of them says has moved?",
        "coarse": "Print the largest difference of each output. Which of them are zero, and which "
        "are only small?",
        "mask": "`np.flatnonzero` turns a mask into positions.",
        "pairs": "First make one yes or no out of each row of classes; then a position is one "
        "number.",
        "only_later": "Let every output answer for itself, also those before `i`.",
        "itself": "Don't add or leave out position `i` by hand: let the comparison decide it like "
        "any other.",
    },
    explanation=(
        "That is an influence test: one input changed, everything else kept, and whatever moves "
        "depends on it. It reads the network's wiring without training, labels or loss, as a "
        "finite difference does for a gradient. A causal model moves outputs at and after `i`, in "
        "the same sequence, and no others. {questions} questions on stand-ins with known wiring "
        "got the right answer."
    ),
    expects="a function `poke(model, stream, i)`",
)


@dataclass(frozen=True)
class _Wiring:
    """A stand-in's wiring: row b reads `read[:, b]` in order and writes `write[:, b]`."""

    read: np.ndarray  # [timesteps, batch], positions of the stream
    write: np.ndarray  # [timesteps, batch], positions of the outputs
    head: str = "softmax"
    classes: int = 4
    deaf: int | None = None  # an input that the model ignores
    gate: int | None = None  # an input without whose 1 the model ignores the others

    def moved(self, i, stream):
        """The outputs that hear input i: its own row, from its own step on."""
        step, row = np.argwhere(self.read == i)[0]
        shut = self.gate is not None and not stream[self.gate]
        return frozenset() if shut or i == self.deaf else frozenset(self.write[step:, row].tolist())


@dataclass(frozen=True)
class _Poked:
    """What was asked of a stand-in, and what came back."""

    i: int
    stream: np.ndarray
    truth: frozenset
    given: frozenset
    asked: list  # the streams that the answer gave to the model
    model: object
    facts: dict  # for the messages of `positions`

    def alone(self):
        """Those of the asked streams which differ from the stream in input i and nowhere else."""
        return [x for x in self.asked if _differs(x, self.stream) == [self.i]]

    def change(self):
        """The change of each output that the answer's own poke brought about, [n, classes]."""
        before, after = self.model(self.stream), self.model(self.alone()[-1])
        return before, after, after - before

    def elsewhere(self):
        """The inputs in which the asked streams differ from the stream."""
        return sorted({p for x in self.asked for p in _differs(x, self.stream)})


def _poke_questions():
    """Yields (wiring, stream, i): layouts right and wrong, each bit poked as a 0 and as a 1."""
    rng = np.random.default_rng(1)
    for (batch, timesteps), head, classes, pokes in (
        ((3, 4), "softmax", 4, (4, 0, 11)),
        ((2, 5), "decided", 4, (1, 7)),
        ((4, 3), "faint", 4, (5, 10)),
        ((3, 3), "column 0", 4, (4,)),
        ((2, 3), "column 1", 4, (3,)),
        ((3, 4), "column 2", 3, (0,)),
        ((3, 2), "column 3", 4, (2,)),
        ((3, 2), "column 4", 5, (3,)),
        ((5, 2), "even", 4, (2, 9)),
        ((4, 6), "softmax", 3, (13, 22)),
        ((2, 1), "softmax", 4, (1,)),
    ):
        rows = np.arange(batch * timesteps).reshape(batch, timesteps).T
        flat = np.arange(batch * timesteps).reshape(timesteps, batch)
        for read, write in ((rows, rows), (flat, flat), (rows, flat), (flat, rows)):
            for i in pokes:
                yield from _as_0_and_as_1(_Wiring(read, write, head, classes), i, rng)
    read, write = rng.permutation(12).reshape(4, 3), rng.permutation(12).reshape(4, 3)
    yield from _as_0_and_as_1(_Wiring(read, write), 6, rng)
    yield from _as_0_and_as_1(_Wiring(read, write, deaf=4), 4, rng)
    for i, gate in ((5, 2), (9, 7)):
        for wiring, stream, _ in _as_0_and_as_1(_Wiring(read, write, gate=gate), i, rng):
            for stream[gate] in (1, 0):
                yield wiring, stream.copy(), i


def _as_0_and_as_1(wiring, i, rng):
    stream = rng.integers(0, 2, wiring.read.size).astype(np.float32)
    for bit in (0, 1):
        stream[i] = bit
        yield wiring, stream.copy(), i


def _poke_model(wiring, asked):
    """(n,) → (n, classes): a recurrent net with a memory that fades; notes what it is asked."""
    timesteps, batch = wiring.read.shape
    n = timesteps * batch
    rng = np.random.default_rng(n)
    into = rng.uniform(0.5, 0.8, 3).astype(np.float32)
    out = rng.uniform(0.5, 1.0, (3, wiring.classes)).astype(np.float32)
    out[:, 1::2] *= -1
    offset = rng.uniform(-0.3, 0.3, wiring.classes).astype(np.float32)
    hears = np.ones(n, np.float32)
    if wiring.deaf is not None:
        hears[wiring.deaf] = 0

    def model(stream):
        x = np.array(stream, dtype=np.float32)
        if x.shape != (n,):
            raise ValueError(f"this model takes a stream of shape ({n},), and got {x.shape}")
        asked.append(x)
        memory = np.zeros((batch, 3), np.float32)
        outputs = np.zeros((n, wiring.classes), np.float32)
        for read, write in zip(wiring.read, wiring.write, strict=True):
            bits = np.where(hears[read] > 0, x[read], 0)
            if wiring.gate is not None:
                bits = np.where((read == wiring.gate) | (x[wiring.gate] < 0.5), 0, bits)
            bits = bits**2 if wiring.head == "even" else bits
            memory = np.float32(0.75) * memory + np.tanh(bits[:, None] * into + np.float32(0.2))
            outputs[write] = _HEADS[wiring.head](memory @ out, offset)
        return outputs

    return model


def _softmax(logits):
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    return power / power.sum(axis=1, keepdims=True)


def _one_column(column, sign):
    def head(logits, offset):
        outputs = np.full_like(logits, 0.25)
        outputs[:, column] = 0.5 + sign * np.float32(0.1) * logits[:, 0]
        return outputs

    return head


_HEADS = {
    "softmax": lambda logits, offset: _softmax(logits + offset),
    # the same class wins whatever the bits are
    "decided": lambda logits, offset: _softmax(logits + 4 * (np.arange(4) == 2).astype("float32")),
    # small moves, a hundred times above what float32 can tell
    "faint": lambda logits, offset: _softmax(np.float32(0.001) * logits + offset),
    "even": lambda logits, offset: _softmax(logits - offset),
    **{f"column {k}": _one_column(k, (-1) ** k) for k in range(5)},
}


def _observe(poke, wiring, stream, i):
    asked = []
    model = _poke_model(wiring, asked)
    value = call(poke, model, stream, i)
    facts = {"i": i, "n": len(stream)}
    given = positions(value, len(stream), facts, most=len(stream) * wiring.classes)
    truth, model = wiring.moved(i, stream), _poke_model(wiring, [])
    return _Poked(i, stream, truth, given, list(asked), model, facts)


def _misread(wrong, cases):
    """The verdict on a wrong answer: first how the model was asked, then how it was read."""
    case = wrong[0]
    if case.asked and not case.alone() and not case.elsewhere():
        # A change that made none here may have made two elsewhere, which says more.
        case = next((c for c in wrong if not c.alone() and c.elsewhere()), case)
    facts = {
        "i": case.i,
        "n": len(case.stream),
        "bit": int(case.stream[case.i]),
        "given": listed(case.given),
        "truth": listed(case.truth),
        "moves": listed(case.truth) + (" move" if len(case.truth) > 1 else " moves"),
    }
    if not case.asked:
        return not_yet("not_asked", **facts)
    if not case.alone():
        if case.elsewhere():
            where = listed(case.elsewhere(), "input", "inputs")
            return not_yet("poked_elsewhere", where=where, **facts)
        calls = "the one call" if len(case.asked) == 1 else f"each of the {len(case.asked)} calls"
        ever = any(other.elsewhere() for other in cases)
        return not_yet("no_change" if ever else "never_poked", calls=calls, **facts)
    if not np.isfinite(case.change()[2]).all():
        return not_yet("not_a_number", **facts)
    unmoved = {k for k in case.truth if not _own_moves(case)[k]}
    if unmoved:
        poked = f"{case.alone()[-1][case.i]:.7g}".replace("-", "−")
        return not_yet("weak_poke", poked=poked, unmoved=listed(unmoved), **facts)
    return _misjudged(case, [case for case in cases if case.alone()], facts)


def _own_moves(case):
    return np.any([(case.model(x) != case.model(case.stream)).any(1) for x in case.alone()], axis=0)


def _misjudged(case, cases, facts):
    """The poke was good: which reading of its outcome gives the answers of all cases?"""
    size = np.abs(case.change()[2]).max(axis=1)
    missing, extra = case.truth - case.given, case.given - case.truth
    facts |= {"missing": listed(missing), "classes": case.change()[2].shape[1]}
    facts["Missing"] = facts["missing"][:1].upper() + facts["missing"][1:]
    facts["amount"] = f"{max((size[k] for k in missing), default=0):.2g}"
    if not any(case.given for case in cases):  # then it fits many readings, and tells none
        return not_yet("coarse", **facts)
    for message, more, reading in _READINGS:
        if all(case.given == reading(case) for case in cases):
            return not_yet(message, **facts, **more)
    beyond = [c for c in cases if max(c.given, default=0) >= len(c.stream)]
    if beyond:
        given, last = max(beyond[0].given), len(beyond[0].stream) - 1
        return not_yet("out_of_range", got=given, last=last, **beyond[0].facts)
    if _leaves_out_the_faint(cases):
        return not_yet("coarse", **facts)
    parts = [f"leaves out {listed(missing)}"] * bool(missing)
    parts += [f"names {listed(extra)} though nothing moves there"] * bool(extra)
    example = min(missing or extra)
    return not_yet("other", difference=" and ".join(parts), example=example, **facts)


def _leaves_out_the_faint(cases):
    """Whether all that is missing moved less than what is named, or far less than some of it."""
    named, missing = [], []
    for case in cases:
        size = np.abs(case.change()[2]).max(axis=1)
        named += size[sorted(case.given)].tolist()
        missing += size[sorted(case.truth - case.given)].tolist()
    if not (named and missing) or any(case.given - case.truth for case in cases):
        return False
    most = max(missing)
    return most < min(named) or most < 0.1 * max(named)


def _where(rows):
    return frozenset(np.flatnonzero(rows).tolist())


def _argmax(case):
    before, after, _ = case.change()
    return _where(before.argmax(axis=1) != after.argmax(axis=1))


def _sums(case):
    before, after, _ = case.change()
    return _where(~np.isclose(before.sum(axis=1), after.sum(axis=1), atol=1e-5))


def _column(column):
    def reading(case):
        change = case.change()[2]
        return _where(change[:, column] if column < change.shape[1] else change[:, :0].any(axis=1))

    return reading


# (message, more facts, what an answer that reads so names); the first that fits all cases counts
_READINGS = (
    ("flattened", {}, lambda c: _where(c.change()[2].ravel())),
    ("flattened", {}, lambda c: _where(~np.isclose(c.change()[2].ravel(), 0, atol=1e-6))),
    ("complement", {}, lambda c: frozenset(range(len(c.stream))) - c.truth),
    ("itself", {}, lambda c: c.truth - {c.i}),
    ("itself", {}, lambda c: c.truth | {c.i}),
    ("only_later", {}, lambda c: frozenset(k for k in c.truth if k >= c.i)),
    ("only_later", {}, lambda c: frozenset(k for k in c.truth if k > c.i)),
    ("off_by_one", {}, lambda c: frozenset(k + 1 for k in c.truth if k + 1 < len(c.stream))),
    ("off_by_one", {}, lambda c: frozenset(k - 1 for k in c.truth if k)),
    ("argmax", {}, _argmax),
    *(("one_class", {"column": c}, _column(c)) for c in range(4)),
    ("one_class", {"column": "−1"}, _column(-1)),
    ("every_class", {}, lambda c: _where(c.change()[2].all(axis=1))),
    ("direction", {"way": "rises"}, lambda c: _where(c.change()[2].max(axis=1) > 0)),
    ("direction", {"way": "falls"}, lambda c: _where(c.change()[2].min(axis=1) < 0)),
    ("cancelled", {}, _sums),
)


def _differs(x, stream):
    return np.flatnonzero(x != stream).tolist()
