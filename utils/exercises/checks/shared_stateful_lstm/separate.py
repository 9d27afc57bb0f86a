"""05.separate: streams that arrive one by one, each with a state of its own. Judged by numbers."""

from dataclasses import dataclass, field

import numpy as np

from utils.exercises.calling import as_array, describe
from utils.exercises.checks.shared_stateful_lstm.diagnosing import example, same
from utils.exercises.exercise import Exercise, NotYet, not_yet, right
from utils.exercises.models import ask, shared
from utils.exercises.questions import first_wrong, some_sizes, verdicts
from utils.puzzles import shared_stateful_lstm as puzzle

AXES = "row", "step", "unit"  # of an answer: that of one stream


def judge_serve(serve):
    """Right if each stream goes on from its own state, whoever is served in between."""
    found = verdicts(_served, serve, QUESTIONS, again=1, enough=1)
    _, finding = first_wrong(found)
    if finding is not None:
        return some_sizes(found, _in_short) or finding
    return right(chunks=sum(len(question.script) for question in QUESTIONS))


SEPARATE = Exercise(
    id="05.separate",
    task=(
        "Hand in `serve(lstm, streams)`, which returns a function `answer(stream, chunk)`: chunk "
        "[batch, timesteps, features], of any length, -> [batch, timesteps, units]. `lstm` is a "
        "built `keras.layers.LSTM(units, return_sequences=True, return_state=True)`, not stateful; "
        "`stream` is a number from 0 to streams − 1. Each stream goes on from the end of its own "
        "last chunk, with the weights that `lstm` has at that moment."
    ),
    judge=judge_serve,
    messages={
        "not_a_function": (
            "`serve(lstm, {streams})` returned {got}, and a function `answer(stream, chunk)` is "
            "wanted: it is called again and again, as the chunks come in. Look at your `return` "
            "line."
        ),
        "with_states": (
            "Called for stream {stream}, your function returned {got}, and the outputs alone are "
            "wanted, [batch, timesteps, units]. The states are nobody's business but the server's. "
            "Look at what `lstm` gives, and at which part of it you return."
        ),
        "shape": (
            "For stream {stream} and a chunk of shape {given_x} your function returned shape "
            "{got}; {wanted} is wanted: an output at each step. Look at what `lstm` gives, and "
            "what each part of it is."
        ),
        "forgets": (
            "The first chunk of stream {stream} is right. Its second one begins from zeros again: "
            "output {place} is {given}, and {truth} is wanted. `lstm` is not stateful: whoever "
            "calls it has to keep what should last. Look at what `lstm` gives besides its outputs."
        ),
        "shared_state": (
            "Stream {stream} goes on from where {other} ended, which was served in between: output "
            "{place} is {given}, and {truth} is wanted. It is the question's bug once more, in "
            "your own hands. Look at how many states you keep, and for whom."
        ),
        "other_server": (
            "Two servers were made of one `lstm`, and stream {stream} of the one goes on from a "
            "state of the other: output {place} is {given}, and {truth} is wanted. Two customers "
            "share weights, not memories. Look at where your states live, and when they are made."
        ),
        "half_a_state": (
            "Stream {stream} goes on with the {kept} of its last chunk, and not with its {lost}: "
            "output {place} is {given}, and {truth} is wanted. An LSTM's state is a pair. Look at "
            "what you keep, and what you hand back."
        ),
        "stale": (
            "Stream {stream} goes on from the end of an earlier chunk than its last one: output "
            "{place} is {given}, and {truth} is wanted. Two chunks of it would not have shown "
            "that. Look at when you write down a state, and whether each chunk does."
        ),
        "ran_meanwhile": (
            "Stream {stream} was silent while others were served, and its state moved on: it is "
            "what steps of zeros would have made of it. Output {place} is {given}, and {truth} is "
            "wanted. A silent stream has not heard zeros; it has heard nothing. Look at "
            "which streams your function runs."
        ),
        "old_weights": (
            "`lstm` was given new weights, and your function still answers with those that it had "
            "when `serve` was called: output {place} is {given}, and {truth} is wanted. Whoever "
            "trains `lstm` on would never hear of it here. Look at what you have made a copy of."
        ),
        "changed_lstm": (
            "After your server had run, `lstm` itself was no longer what it was: {what}. It is "
            "shared with whoever else uses it. Look at what you set or call on it."
        ),
        "values": (
            "For stream {stream} output {place} is {given}, and {truth} is wanted. It is not what "
            "this stream would answer from any state that was about. Look at what happens to the "
            "chunk before it reaches `lstm`, and to the outputs after it."
        ),
        "some_sizes": (
            "At {good} your server is right, and not at {bad}: {finding}. Look for a number in "
            "your function that should come from its arguments, or from the shape of the chunk."
        ),
    },
    hints=(
        "Call `lstm` on any chunk and look at what comes back. How many things are there, and what "
        "would the next chunk of the same stream need of them?",
        "A layer can be told where to begin: see `initial_state` in the help of `lstm.call`. Where "
        "would you keep, between two calls, what belongs there? It must be known who it belongs "
        "to.",
        "`serve` makes a list with a place for each stream, and a function inside of `serve` reads "
        "and writes that list. A stream that was never served has no state: with `None` for it, an "
        "LSTM begins from zeros.",
        "`outputs, *states[stream] = lstm(chunk, initial_state=states[stream])`, and return the "
        "outputs. The whole answer is in `solutions/05_shared_stateful_lstm.ipynb`.",
    ),
    hints_for={
        "forgets": "`lstm(chunk)` gives three things. Two of them are thrown away.",
        "shared_state": "One variable for the state is one state. Which number tells you whose "
        "turn it is?",
        "other_server": "A default value such as `states={}` is made once, when Python reads "
        "`def`. So is what stands outside of the function.",
        "raised": "Try your server by hand, with two streams and a batch of 3. `lstm` itself needs "
        "no change. `initial_state` is None, or a list of two tensors: h and c, [batch, units] "
        "each.",
        "half_a_state": "`lstm(chunk)` gives outputs, h and c. Which of them does the next call "
        "want?",
        "with_states": "Take the three apart before you return one of them.",
        "ran_meanwhile": "Run the stream that has come, and leave the others alone.",
        "old_weights": "Call the layer that you were given.",
        "stale": "When is the state of the third chunk's beginning written down?",
    },
    explanation=(
        "{chunks} chunks of uneven lengths, in no order, from streams that paused, through two "
        "servers on one `lstm`: each was answered as if it had come in one piece. The layer holds "
        "the weights, and the states are plain values that you hand in and take out. Kept like "
        "that they can be saved, sent elsewhere, or dropped when a stream ends, and nothing needs "
        "a reset. It is how PyTorch's LSTM works in any case. What it costs is one call for each "
        "chunk: streams that come together and at equal lengths are served faster by the fold."
    ),
    seconds=30.0,
    expects="a function `serve(lstm, streams)`",
    tensorflow=True,
)


@dataclass(frozen=True)
class _Question:
    """The sizes, and who is served when: (server, stream, timesteps) for each chunk."""

    batch: int
    streams: int
    features: int
    units: int
    script: tuple

    def words(self):
        return f"batch {self.batch}, streams {self.streams}"

    def weights(self, seed):
        rng = np.random.default_rng(seed)
        width = 4 * self.units
        shapes = (self.features, width), (self.units, width), (width,)
        return [rng.normal(0, 0.6, shape).astype(np.float32) for shape in shapes]

    def chunks(self):
        rng = np.random.default_rng(self.features)
        sizes = [(self.batch, steps, self.features) for _, _, steps in self.script]
        return [rng.normal(size=size).astype(np.float32) for size in sizes]


QUESTIONS = (
    _Question(
        *(2, 3, 4, 3),
        ((0, 1, 3), (0, 1, 2), (0, 0, 2), (1, 1, 3), (0, 1, 4), (0, 0, 1), (1, 1, 2), (1, 0, 3)),
    ),
    _Question(*(1, 5, 2, 4), ((0, 4, 2), (0, 1, 1), (0, 4, 1), (1, 1, 3), (0, 1, 2), (0, 0, 3))),
)


@dataclass
class _Past:
    """What one server has been through."""

    before: dict = field(default_factory=dict)  # stream -> the states after each of its chunks
    seen: dict = field(default_factory=dict)  # stream -> steps served in all when it was last
    steps: int = 0  # served in all

    def note(self, stream, steps, state):
        self.steps += steps
        self.seen[stream] = self.steps
        self.before.setdefault(stream, []).append(state)


def _served(serve, question):
    """The verdict on a script of chunks for two servers, and on new weights after it."""
    lstm, weights = _lstm(question)
    servers = [_server(serve, lstm, question) for _ in range(2)]
    pasts = [_Past(), _Past()]
    for chunk, entry in zip(question.chunks(), question.script, strict=True):
        server, stream, steps = entry
        output = _answered(servers[server], stream, chunk, question)
        states = pasts[server].before.get(stream)
        wanted, state = _run(weights, chunk, states[-1] if states else None)
        if not same(output, wanted):
            return _diagnosed(output, weights, chunk, stream, pasts[server], pasts[1 - server])
        pasts[server].note(stream, steps, state)
    return _with_new_weights(servers[1], lstm, weights, question)


def _with_new_weights(server, lstm, old, question):
    """The verdict on a stream that begins after `set_weights`."""
    new, chunk = question.weights(seed=1), question.chunks()[0]
    _must_be_untouched(lstm, old, chunk)
    lstm.set_weights(new)
    stream = question.streams - 1
    output = _answered(server, stream, chunk, question)
    wanted, _ = _run(new, chunk)
    if same(output, wanted):
        return right()
    facts = {"stream": stream} | example(output, wanted, AXES)
    return not_yet("old_weights" if same(output, _run(old, chunk)[0]) else "values", **facts)


def _lstm(question):
    """The layer that is shared, built, and its weights."""
    from keras import layers

    lstm = layers.LSTM(question.units, return_sequences=True, return_state=True)
    lstm.build((question.batch, None, question.features))
    weights = question.weights(seed=0)
    lstm.set_weights(weights)
    return shared(lstm), weights


def _server(serve, lstm, question):
    answer = ask(serve, lstm, question.streams, given=f"asked to serve {question.streams} streams")
    if not callable(answer):
        raise NotYet("not_a_function", got=describe(answer), streams=question.streams)
    return answer


def _answered(answer, stream, chunk, question):
    """What the server answers, as float64 [batch, timesteps, units]; NotYet if it is none."""
    given = f"asked for stream {stream} with a chunk of shape {chunk.shape}"
    result = ask(answer, stream, chunk, given=given)
    wanted = (*chunk.shape[:2], question.units)
    if type(result) in (list, tuple) and len(result) in (2, 3) and _parts(result):
        raise NotYet("with_states", stream=stream, got=describe(result))
    output = as_array(result, "the answer")
    if output.shape != wanted:
        facts = {"got": str(output.shape), "given_x": str(chunk.shape), "wanted": str(wanted)}
        raise NotYet("shape", stream=stream, **facts)
    return output.astype(float)


def _parts(result):
    """Whether a list holds outputs and states, and not the numbers of one array."""
    shapes = [tuple(getattr(part, "shape", ())) for part in result]
    return len(shapes[0]) == 3 or [len(shape) for shape in shapes[1:]] == [2] * (len(shapes) - 1)


def _run(weights, chunk, state=None):
    """One stream by itself, in NumPy: outputs [batch, timesteps, units], and (h, c)."""
    doubled = [weight.astype(float) for weight in weights]
    outputs, (h, c) = puzzle.alone(
        doubled, chunk[:, None], state and [part[:, None] for part in state], return_state=True
    )
    return outputs[:, 0], (h[:, 0], c[:, 0])


def _diagnosed(output, weights, chunk, stream, past, others):
    """The verdict that says from which state the stream went on instead of its own."""
    own = past.before.get(stream, [])
    wanted, _ = _run(weights, chunk, own[-1] if own else None)
    facts = {"stream": stream} | example(output, wanted, AXES)
    for message, state, more in _accounts(own, chunk, weights, stream, past, others):
        if same(output, _run(weights, chunk, state)[0]):
            return not_yet(message, **facts, **more)
    return not_yet("values", **facts)


def _accounts(own, chunk, weights, stream, past, others):
    """(message, the state that it would explain, facts): what may stand in a state's place."""
    if own:
        yield "forgets", None, {}
        h, c = own[-1]
        for kept, lost, state in (("h", "c", (h, 0 * c)), ("c", "h", (0 * h, c))):
            yield "half_a_state", state, {"kept": kept, "lost": lost}
        yield "half_a_state", (h, h), {"kept": "h", "lost": "c"}
        yield "half_a_state", (c, c), {"kept": "c", "lost": "h"}
        for state in own[:-1]:
            yield "stale", state, {}
    waited = past.steps - past.seen.get(stream, 0)
    if waited:
        silence = np.zeros((len(chunk), waited, chunk.shape[2]))
        yield "ran_meanwhile", _run(weights, silence, own[-1] if own else None)[1], {}
    for other, states in past.before.items():
        if other != stream:
            for state in states:
                yield "shared_state", state, {"other": f"stream {other}"}
    for states in others.before.values():
        for state in states:
            yield "other_server", state, {}


def _must_be_untouched(lstm, weights, chunk):
    """Raises NotYet if the layer has other weights, a state or other results than it had."""
    if not all(map(np.array_equal, lstm.get_weights(), weights)):
        raise NotYet("changed_lstm", what="its weights are others")
    if lstm.stateful:
        raise NotYet("changed_lstm", what="it is stateful now")
    again = [np.asarray(lstm(chunk)[0]) for _ in range(2)]
    if not all(same(one, _run(weights, chunk)[0]) for one in again):
        raise NotYet("changed_lstm", what="called by itself it gives other outputs")


def _in_short(verdict):
    """What was seen at one size, as a clause."""
    facts = verdict.facts
    if "truth" in facts:
        return f"output {facts['place']} is {facts['given']}, and {facts['truth']} is wanted"
    if "wanted" in facts:
        return f"the shape is {facts['got']} where {facts['wanted']} is wanted"
    return "there it gives no outputs to compare"
