"""05.mend: streams that share weights and keep their own states. Judged by numbers, and `fit`."""

from dataclasses import dataclass

import numpy as np

from utils.exercises.calling import guarded
from utils.exercises.checks.shared_stateful_lstm.diagnosing import diagnosed, example, same
from utils.exercises.checks.shared_stateful_lstm.fitting import fitted
from utils.exercises.exercise import RIGHT, Exercise, NotYet, not_yet, right
from utils.exercises.models import NOT_A_MODEL, asked, built
from utils.exercises.questions import first_wrong, some_sizes, verdicts
from utils.puzzles import shared_stateful_lstm as puzzle


def judge_mend(build):
    """Right if every stream answers as alone, chunk by chunk, and `fit` trains the one LSTM."""
    found = verdicts(_judged, build, QUESTIONS, again=1, enough=1)
    _, finding = first_wrong(found)
    if finding is not None:
        return some_sizes(found, _in_short) or finding
    small = QUESTIONS[0]
    verdict = fitted(_predicting(build, small), small)
    return right(parameters=small.parameters()) if verdict.outcome == RIGHT else verdict


MEND = Exercise(
    id="05.mend",
    task=(
        "Hand in `build(batch, streams, timesteps, features, units)`, which returns a Keras model, "
        "[batch, streams, timesteps, features] -> [batch, streams, timesteps, units]. One LSTM's "
        "weights run all streams, and each stream keeps a state of its own from call to call, "
        "until `reset(model)`. `timesteps` may be None: then each call may bring another number of "
        "steps."
    ),
    judge=judge_mend,
    messages={
        "not_a_model": NOT_A_MODEL,
        "shape": (
            "At {at} your model returns shape {got} for x of shape {given_x}; {wanted} is wanted. "
            "With other axes nobody can tell whose output is whose. Look at what each axis counts, "
            "one by one."
        ),
        "other_input": (
            "At {at} your model takes x of shape {given_x}, but it was built for {announced}. "
            "Keras does not mind as long as the layers take what comes; a layer that makes its "
            "states by the shape is misled. Look at the shape that you announce."
        ),
        "several": (
            "Your model trains {held} numbers, and one LSTM of this size has {needed}. So there "
            "are {times} LSTMs in it. That they begin with equal weights, if they do, changes "
            "nothing: each learns from its own streams alone, and the first training step takes "
            "them apart. Look at how often your function makes a layer with weights."
        ),
        "side_by_side": (
            "Your LSTM's kernel has {rows} rows, and a stream has {features} features: it reads "
            "all streams at once, side by side, into one state. Then every stream hears every "
            "other, and each column of inputs has weights of its own. Look at what becomes of the "
            "streams' axis before the LSTM."
        ),
        "other_weights": (
            "Your model trains {held} numbers, in arrays of these shapes: {shapes}. One LSTM of "
            "this size trains {needed}: {wanted}. Other weights are another model, and those of "
            "the question would not fit into it. Look at which of your layers have weights, and "
            "at what each layer takes for the features."
        ),
        "not_reset": (
            "After `reset(model)` the same first chunk gives other outputs than at first: output "
            "{place} is {given}, and it was {truth}. Something outlives the reset, or is left to "
            "chance. Every new sequence would begin with the end of an old one. Look at where your "
            "model keeps its states, and at whether `reset` can find them: it calls "
            "`reset_state()` of each layer that has one."
        ),
        "leaks": (
            "Your streams still run one after the other through one state, in the order {order}: "
            "stream {second} begins where stream {first} has ended. At {at} output {place} is "
            "{given}, and alone that stream answers {truth}. The weights are shared, as they "
            "should be, and so is the state. Look at how many states your model keeps, and who "
            "writes into which."
        ),
        "forgets": (
            "The first chunk is right. In the second one every stream begins from zeros again: "
            "output {place} is {given}, and {truth} is wanted. Nobody hears anybody, and nobody "
            "remembers either, so a sequence in two halves is no longer the whole. Look at what "
            "your model does with the states at the end of a call."
        ),
        "half_a_state": (
            "The first chunk is right. In the second one the streams begin with {kept} of the "
            "first and with zeros for {lost}: output {place} is {given}, and {truth} is wanted. An "
            "LSTM's state is a pair. Look at what your model keeps at the end of a call."
        ),
        "others_state": (
            "The first chunk is right. In the second one row {row} of stream {stream} goes on from "
            "the state of row {other_row} of stream {other_stream}: output {place} is {given}, and "
            "{truth} is wanted. In a test of one chunk nothing would show. Look at which state "
            "goes where, at the end of a call and at the beginning of the next."
        ),
        "carried_otherwise": (
            "The first chunk is right, and the second is not: output {place} is {given}, and "
            "{truth} is wanted. So the streams don't go on from the state in which they ended. "
            "Look at each thing that happens to a state between two calls."
        ),
        "misplaced": (
            "The numbers are right, and they are at other places: what your model returns for row "
            "{row} of stream {stream} is the answer to row {other_row} of stream {other_stream}. "
            "Each is a proper answer, so no shape tells and a loss may even fall. Look at the "
            "order of the axes wherever one is folded into another, on the way in and on the way "
            "out."
        ),
        "streams_mix": (
            "Poke stream {poked} (row {row}, step {step}) in the first chunk, and stream "
            "{listener} answers otherwise (row {at_row}, step {at_step}). Streams have nothing to "
            "do with each other. All their numbers are there, in an order that lets the LSTM read "
            "across them. Look at which axes you join, and which one the LSTM takes for time."
        ),
        "rows_mix": (
            "The streams don't hear each other, but the rows of a batch do: poke row {row} of "
            "stream {poked}, and row {at_row} answers otherwise. With a batch of 1 this would "
            "never show. Look at which axes you join, and at the shape of the state."
        ),
        "hears_later": (
            "Poke step {step} of a stream, and its output at step {at_step} moves, which comes "
            "before. A stream that is served in chunks has not heard that step yet. Look at the "
            "order of the steps in your LSTM."
        ),
        "values": (
            "At {at} no stream hears another, and yet output {place} is {given} where one LSTM "
            "with the same weights answers {truth}. Something is computed otherwise. Look at what "
            "happens to the numbers before and after the LSTM, and at its arguments."
        ),
        "no_training": (
            "Predictions are right. But `fit` moved none of the weights, though there was an error "
            "to learn from. Look for a layer that is frozen, for a gradient that is stopped, and "
            "for a training step of your own."
        ),
        "forgets_in_fit": (
            "Called by hand, your model carries its states. In `fit` it does not: the second batch "
            "was trained as if every stream began from zeros. Then no training ever sees a "
            "sequence that is longer than a chunk. Look at what your states are made of, and at "
            "what your model does otherwise while it trains."
        ),
        "trained_otherwise": (
            "Predictions are right. But two batches of `fit` have brought the weights elsewhere "
            "than they bring one LSTM's with a state per stream: weight {which} is now {given}, "
            "and {truth} is right. Look at what is different in your model when it trains."
        ),
        "after_fit": (
            "`fit` trained the weights as it should. But the next chunk is not answered from the "
            "states in which the streams ended there: output {place} is {given}, and {truth} is "
            "wanted. Look at what your states are made of, and whether a graph can change it."
        ),
        "some_sizes": (
            "At {good} your model is right, and not at {bad}: {finding}. Streams come in batches "
            "and chunks of all sizes. Look for a number in your function that should come from its "
            "arguments, or from the shape of x."
        ),
    },
    hints=(
        "A stateful LSTM keeps a state for something already, and keeps them well apart. For what? "
        "Call one with a batch of 2 and poke one row.",
        "Weights and states are two things. `LSTM(stateful=True)` has one set of each, so whoever "
        "shares the layer shares both. Which of the two has an axis that could hold the streams?",
        "The rows of a batch have the same weights and states of their own. That is what you want "
        "for streams. What would x have to look like, so that each row of each stream is a row of "
        "the batch? And which axes must stay next to each other on the way?",
        "Reshape to [batch · streams, timesteps, features], run one "
        "`LSTM(units, stateful=True, return_sequences=True)`, reshape back. −1 leaves the number "
        "of steps open. The whole answer is in `solutions/05_shared_stateful_lstm.ipynb`.",
    ),
    hints_for={
        "several": "Count with `model.count_params()`. What should the number not depend on?",
        "side_by_side": "The LSTM should see `features` numbers at each step, and more rows.",
        "not_reset": "`reset` asks every layer for `reset_state`, also those inside of others. A "
        "state in a plain Python list belongs to nobody.",
        "forgets": "What does `stateful` decide? And if you keep the states yourself, when are "
        "they written?",
        "half_a_state": "`return_state=True` returns the outputs, h and c.",
        "leaks": "Whoever calls the same stateful layer again, whatever is wrapped around it, goes "
        "on from where it stopped.",
        "misplaced": "Reshape joins neighbouring axes only. Try `np.arange(24).reshape(2, 3, 4)` "
        "and follow a number in and out.",
        "streams_mix": "Reshape joins neighbouring axes only. Which two axes of [batch, streams, "
        "timesteps, features] are neighbours?",
        "rows_mix": "Try your model with a batch of 2 and poke one row.",
        "forgets_in_fit": "What a graph can change is a variable, and it changes it whether the "
        "model trains or not. `self.add_weight(trainable=False)` makes one.",
        "raised": "Print the shape of what goes into each layer, at batch 2 and 3 streams. "
        "`timesteps` may be None: in a shape that you hand on, −1 can stand for it. And tensors "
        "that Python has kept from an earlier call are of no use in a graph, such as that "
        "of `fit`: a state wants a variable.",
        "some_sizes": "With `timesteps=None` the number of steps is known when the call comes. "
        "In a shape that you reshape to, one number may be −1.",
    },
    explanation=(
        "{parameters} numbers to train, however many streams there are; every stream answers as an "
        "LSTM of its own with these weights would, chunk by chunk, uneven ones too; a reset "
        "forgets all of them; and two batches of `fit` move the weights to where they belong. What "
        "the question wanted was possible from the start: the layer's weights and the layer's "
        "state are two things, and only the first was meant to be shared. If streams always come "
        "together and with equal lengths, fold them into the batch: it is the least code and the "
        "fastest. The two published repairs, a cell that splits its state and a wrapper with a "
        "state for each stream, would have passed as well."
    ),
    seconds=30.0,
    expects="a function `build(batch, streams, timesteps, features, units)`",
    tensorflow=True,
)


@dataclass(frozen=True)
class _Question:
    """The arguments of `build`, and the lengths of the chunks that the model is then given."""

    batch: int
    streams: int
    timesteps: int | None
    features: int
    units: int
    lengths: tuple

    def words(self):
        return f"batch {self.batch}, streams {self.streams}, timesteps {self.timesteps}"

    def arguments(self):
        return self.batch, self.streams, self.timesteps, self.features, self.units

    def shapes(self):
        """Of an LSTM's kernel, recurrent kernel and bias."""
        return [(self.features, 4 * self.units), (self.units, 4 * self.units), (4 * self.units,)]

    def parameters(self):
        return sum(int(np.prod(shape)) for shape in self.shapes())

    def weights(self):
        """Three arrays that are nobody's default, such as a bias of zeros."""
        rng = np.random.default_rng(self.units)
        return [rng.normal(0, 0.7, shape).astype(np.float32) for shape in self.shapes()]

    def chunks(self):
        rng = np.random.default_rng(self.features)
        sizes = [(self.batch, self.streams, steps, self.features) for steps in self.lengths]
        return [rng.normal(size=size).astype(np.float32) for size in sizes]

    def own_weights(self, model):
        """The trainable variables in the order kernel, recurrent kernel, bias; NotYet if others."""
        with guarded("the trainable weights of the model that your function returned were read"):
            variables = list({id(one): one for one in model.trainable_variables}.values())
            shapes = [tuple(one.shape) for one in variables]
        wanted, needed = self.shapes(), self.parameters()
        if sorted(shapes) == sorted(wanted):
            return [variables[shapes.index(shape)] for shape in wanted]
        held = sum(int(np.prod(shape)) for shape in shapes)
        times, rest = divmod(held, needed)
        facts = {"held": held, "needed": needed, "at": self.words()}
        if times > 1 and not rest and sorted(shapes) == sorted(wanted * times):
            raise NotYet("several", times=times, **facts)
        rows = self.streams * self.features
        if any(len(shape) == 2 and shape[0] == rows for shape in shapes):
            raise NotYet("side_by_side", rows=rows, features=self.features, **facts)
        raise NotYet("other_weights", shapes=_listed(shapes), wanted=_listed(wanted), **facts)


QUESTIONS = (_Question(2, 3, 5, 4, 3, (5, 5, 5)), _Question(1, 4, None, 2, 5, (3, 1, 4)))


def _judged(build, question):
    """The verdict on what the model predicts, chunk by chunk."""
    model, chunks = _predicting(build, question), question.chunks()
    at = {"at": question.words()}
    outputs = _in_a_row(model, chunks, question)
    (again,) = _in_a_row(model, chunks[:1], question)
    if not same(again, outputs[0]):
        return not_yet("not_reset", **example(again, outputs[0]), **at)
    state, weights = None, [array.astype(float) for array in question.weights()]
    for chunk, output in zip(chunks, outputs, strict=True):
        wanted, state = puzzle.alone(weights, chunk, state, return_state=True)
        if not same(output, wanted):
            return diagnosed(model, weights, chunks, outputs, at)
    return right()


def _predicting(build, question):
    """The model with the question's weights, if its sizes are right; else NotYet."""
    given = f"asked for a model of {question.words()}"
    model, x = built(build, *question.arguments(), given=given), question.chunks()[0]
    _must_have_shape(asked(model, x), x, question)  # a subclass is built by this
    _must_announce(model, x, question)
    for variable, value in zip(question.own_weights(model), question.weights(), strict=True):
        variable.assign(value)
    return model


def _in_a_row(model, chunks, question):
    """The model's outputs for each chunk, from a reset on; NotYet if one has another shape."""
    with guarded("`reset(model)` was called with the model that your function returned"):
        puzzle.reset(model)
    outputs = []
    for chunk in chunks:
        outputs.append(asked(model, chunk))
        _must_have_shape(outputs[-1], chunk, question)
    return outputs


def _must_have_shape(output, x, question):
    wanted = (*x.shape[:3], question.units)
    if output.shape != wanted:
        facts = {"at": question.words(), "given_x": str(x.shape), "wanted": str(wanted)}
        raise NotYet("shape", got=str(output.shape), **facts)


def _must_announce(model, x, question):
    """Raises NotYet if the model was built for another shape than x has; Keras may not mind."""
    with guarded("the input shape of the model that your function returned was read"):
        shape = getattr(model, "input_shape", None)
    if type(shape) is not tuple or len(shape) != x.ndim:
        return  # a subclass announces none
    if any(n not in (None, real) for n, real in zip(shape, x.shape, strict=True)):
        facts = {"announced": str(shape), "given_x": str(x.shape), "at": question.words()}
        raise NotYet("other_input", **facts)


def _listed(shapes):
    return ", ".join(map(str, shapes)) or "none"


def _in_short(verdict):
    """What was seen at one size, as a clause."""
    facts = verdict.facts
    if "truth" in facts and "place" in facts:
        return f"output {facts['place']} is {facts['given']}, and {facts['truth']} is wanted"
    if "got" in facts and "wanted" in facts:
        return f"the shape is {facts['got']} where {facts['wanted']} is wanted"
    if "held" in facts:
        return f"it trains {facts['held']} numbers where one LSTM has {facts['needed']}"
    if "announced" in facts:
        return f"it was built for x of shape {facts['announced']}"
    return "there it gives no outputs to compare"
