"""Is anything random while a model is trained, is it what was meant, and is it quiet afterwards?

One step of the real `fit` is run plainly while a listener hears what every noise layer does. Then
the same step is repeated with the seeds of these layers held: if it still does not come out the
same, something else draws random numbers. Nothing is concluded from a call by hand.
"""

import sys
from dataclasses import dataclass, replace

import numpy as np

from . import noise_wording as wording
from .eavesdropping import Tally, listening
from .noise_levels import noise_findings
from .noisy_layers import generators_of, is_noise_layer, own_generators, rates_of
from .runs import Runs, batch_of
from .state import layers_of
from .untouched import untouched

__all__ = ["LayerNoise", "NoiseReport", "noise", "noise_findings"]

SAME = 2e-6  # two results that differ by less, as a share of their size, differ by rounding
REPEATS = 3
RARE = 5  # numbers to be dropped; of fewer there may well be none
FAR = 5  # standard deviations from its rate, beyond which a share is not chance


@dataclass(frozen=True)
class LayerNoise:
    """What one noise layer does."""

    name: str
    kind: str
    rates: tuple[float, ...]  # as declared; none for a layer that has no rate
    fit: Tally  # what was heard in one step of fit
    predict: Tally | None  # the same in predict; None: not looked at
    acts: bool  # in fit
    acts_in_predict: bool | None  # None: not looked at
    inside: str = ""  # the nested model that holds it, if there is one
    kept_quiet: bool = False  # whether that is called with training=False in fit
    frozen: bool = False  # whether that has trainable=False

    @property
    def idle(self):
        """Whether it is declared to do nothing, with a rate of 0."""
        return bool(self.rates) and not any(self.rates)

    @property
    def share(self):
        """The share zeroed of the numbers that were not zero before; NaN if none was seen."""
        zeroed, seen, _ = np.sum([*self.fit.masks.values(), (0, 0, 0)], axis=0)
        return float(zeroed / seen) if seen else float("nan")

    @property
    def rare(self):
        """Whether it drew a mask that dropped nothing, with a rate so small that nothing else was
        to be expected of so few numbers."""
        expected = sum(rate * seen for rate, (_, seen, _) in self.fit.masks.items())
        return not self.acts and self.fit.draws > 0 and bool(self.fit.masks) and expected < RARE

    @property
    def off_rate(self):
        """Whether it drops a share that its declared rate does not explain."""
        for rate, (zeroed, seen, independent) in self.fit.masks.items():
            if self.rates and not any(np.isclose(rate, declared) for declared in self.rates):
                return True
            spread = np.sqrt(rate * (1 - rate) / max(independent, 1))
            if seen and abs(zeroed / seen - rate) > FAR * spread + 2 / max(independent, 1):
                return True
        return False


@dataclass(frozen=True)
class NoiseReport:
    """What is random in fit and in predict, layer by layer, and what else is."""

    layers: tuple[LayerNoise, ...]
    hidden: bool | None  # whether something besides the layers is random in fit; None: not known
    frozen: bool  # whether that is drawn once, when fit traces its graph, and then stays the same
    elsewhere: tuple[tuple[str, str], ...]  # where and by what such numbers were drawn, if heard
    fixed: tuple[str, ...]  # where numbers were drawn that are the same each time
    answers_vary: bool | None  # whether predict answers differently to the same input
    losses: tuple[float, ...]  # of the same step, repeated with the layers' seeds held
    notes: tuple[str, ...] = ()  # what was assumed, and what was not looked at
    quiet: bool | None = None  # whether predict is declared to answer the same each time

    @property
    def findings(self):
        """Everything that may not be meant: short names, the gravest first."""
        found = {
            "never acts in fit": [n for n in self.layers if not (n.acts or n.idle or n.rare)],
            "hidden noise": self.hidden,
            "frozen noise": self.frozen,
            "off its rate": [n for n in self.layers if n.acts and n.off_rate],
            "acts in predict": [n for n in self.layers if n.acts_in_predict],
            "predict varies": self.answers_vary and not any(n.acts_in_predict for n in self.layers),
            "fixed noise": self.fixed,
            "not known": self.hidden is None,
            "too rare to be seen": [n for n in self.layers if n.rare],
        }
        return tuple(name for name, there in found.items() if there)

    @property
    def verdict(self):
        """The gravest finding; else "as declared", or "no noise" if nothing is random."""
        if self.findings:
            return self.findings[0]
        return "as declared" if any(n.acts for n in self.layers) else "no noise"

    @property
    def random_in_fit(self):
        """Whether anything is random from step to step while fit trains; None: not known."""
        if self.hidden or any(n.acts for n in self.layers):
            return True
        return None if any(n.rare for n in self.layers) else self.hidden

    @property
    def sentence(self):
        """The result in words."""
        return wording.describe(self)

    def plot(self):
        """The share zeroed beside the declared rate, on a Figure; None without such layers."""
        from . import noise_picture

        return noise_picture.draw(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": wording.page(self)}

    def __repr__(self):
        return "\n".join([*wording.text_table(self), self.sentence])


def noise(model, x, y=None, *, quiet=None):
    """Listen to the noise layers of a Keras model in one step of its `fit`, and in `predict`.

    model: a Keras model, compiled or not, built or not; or a Keras layer. x, y: one batch as for
    `fit`, arrays or nests of them, or a tf.data.Dataset or PyDataset as x, of which the first batch
    is taken. At most 256 rows are used, unless the model keeps states from batch to batch. quiet:
    what is meant of predict, for noise_findings: True, the same answer each time; False, noise.

    Noise layers are the Dropout family, GaussianNoise, recurrent cells with dropout, and any layer
    that owns a keras.random.SeedGenerator. What a model that is not compiled is not asked, the
    notes say. Returns a NoiseReport. The model is left bit for bit as it was, also when something
    is raised: weights, optimizer, metrics, seeds, states, compiled functions, even whether it was
    built, and the global seeds of Python, NumPy, Keras and TensorFlow. What other Python objects
    hold, that the model refers to, is not put back.

    Raises TypeError for what is no Keras layer, ValueError for a batch that can't be used, and
    RuntimeError from the model's own exception if the model raises.
    """
    keras = sys.modules.get("keras")  # whoever has a Keras model has imported it
    if keras is None or not isinstance(model, keras.Layer):
        what = f"the class {model.__name__}" if isinstance(model, type) else type(model).__name__
        raise TypeError(
            f"model is {what}; expected a Keras model or layer. Of a plain function nothing is "
            "known about fit: call it twice with the same input and compare."
        )
    foreign = {}  # id of a generator that the model does not own -> it, and its state

    def foreign_back():
        for generator, state in foreign.values():
            generator.state.assign(state)

    with untouched(model, foreign_back):
        x, y, notes = batch_of(model, x, y, keras)
        runs = Runs(model, x, y, notes, keras)
        return replace(_report(runs, model, foreign, keras), quiet=quiet)


def _report(runs, model, foreign, keras):
    layers, heard = _listen(runs, model, foreign, keras)
    runs.remember()  # everything is built by now, so that repeats can start from one state
    others = [generator for generator, _ in foreign.values()]
    losses, hidden, frozen = _repeat(runs, others)
    quiet, answers_vary = _predicts(runs, layers, foreign, keras)

    def of(layer, name):
        fit, then = heard.tallies[id(layer)], quiet and quiet.tallies[id(layer)]
        again = then and bool(_acts(layer, then) and (then.changed or answers_vary))
        kind, rates = type(layer).__name__, rates_of(layer)
        held = _holder(layer, model, heard, keras)
        return LayerNoise(name, kind, rates, fit, then, _acts(layer, fit), again, *held)

    found = [of(layer, name) for layer, name in zip(layers, _names(layers, model), strict=True)]
    if heard.lost:
        runs.notes.append(f"{heard.lost} calls could not be followed.")
    sources = tuple(heard.elsewhere) if hidden or frozen else ()
    return NoiseReport(
        tuple(found),
        hidden,
        frozen,
        sources,
        tuple(heard.fixed),
        answers_vary,
        losses,
        tuple(runs.notes),
    )


def _listen(runs, model, foreign, keras):
    """Run one step -> the noise layers of the model, and what was heard of them.

    The layers come in the order in which they are called, then those that are not, as held.
    """

    def noise_layers():
        return [layer for layer in layers_of(model) if is_noise_layer(layer, keras)]

    layers = noise_layers()
    around = _nested_models(model, keras)
    with listening(
        [*layers, *(n for n in around if n not in layers)],
        generators_of(layers, keras),
        foreign,
        keras,
    ) as heard:
        runs.step(plainly=True)
    if len(noise_layers()) > len(layers):  # some were made in this first call
        return _listen(runs, model, foreign, keras)
    first = {layer: k for k, layer in enumerate(heard.order)}
    return sorted(layers, key=lambda layer: first.get(id(layer), len(first))), heard


def _nested_models(model, keras):
    """The models within a model, but what a Sequential makes of itself."""
    found = [n for n in layers_of(model) if isinstance(n, keras.Model)]
    itself = [getattr(n, "_functional", None) for n in found if isinstance(n, keras.Sequential)]
    return [n for n in found if n is not model and not any(n is one for one in itself)]


def _holder(layer, model, heard, keras):
    """The name of the nested model around a layer, whether it is kept quiet, and frozen.

    Of several models around it, the first that is called with training=False, or the innermost.
    """
    around = [n for n in _nested_models(model, keras) if layer in n._flatten_layers()]
    if not around:
        return ()
    heard_of = [(n, heard.tallies.get(id(n))) for n in around]
    quiet = [n for n, tally in heard_of if tally and tally.training == {False}]
    one = quiet[0] if quiet else around[-1]
    return one.name, bool(quiet), not one.trainable


def _repeat(runs, others):
    """The losses of a repeated step, whether they vary, and whether they do if run plainly only.

    others: generators that no noise layer owns, which move on from run to run.
    """

    def several(times, plainly):
        return [runs.again(runs.step, others, draw, plainly=plainly) for draw in range(times)]

    plain = several(2, plainly=True)
    graph = plain
    if runs.has_graph:
        try:
            graph = several(REPEATS, plainly=False)
        except Exception as error:
            runs.notes.append(
                f"As a graph, which is what fit makes of it, the step raises "
                f"{type(error).__name__}; looked at was the plain step only."
            )
    losses = tuple(float(results[0].ravel()[0]) for results in graph if results and results[0].size)
    values = [results for run in (plain, graph) for results in run]
    if not all(values) or not all(np.isfinite(a).all() for results in values for a in results):
        return losses, None, False
    varies, varies_plainly = _differ(graph), _differ(plain)
    return losses, varies, varies_plainly and not varies


def _predicts(runs, layers, foreign, keras):
    """What was heard in predict, and whether its answers differ when all seeds move on."""
    try:
        with listening(layers, generators_of(layers, keras), foreign, keras) as heard:
            heard_answers = runs.again(runs.predict)
        seeds = [g for layer in layers for g in own_generators(layer, keras)]
        seeds += [generator for generator, _ in foreign.values()]
        plainly = not runs.has_graph_to_predict
        first = heard_answers if plainly else runs.again(runs.predict, plainly=False)
        moved = runs.again(runs.predict, seeds, 1, plainly=plainly)
    except Exception as error:
        runs.notes.append(f"predict was not looked at: it raised {type(error).__name__}.")
        return None, None
    return heard, _differ([first, moved])


def _differ(runs):
    """Whether any two of several lists of arrays differ by more than rounding."""
    first, *others = runs
    for other in others:
        for a, b in zip(first, other, strict=True):
            if a.shape != b.shape:
                return True
            size = np.maximum(np.abs(a).max(initial=0), np.abs(b).max(initial=0))
            if not np.allclose(a, b, rtol=0, atol=SAME * size, equal_nan=True):
                return True
    return False


def _acts(layer, tally):
    """Whether a layer made noise in what was heard."""
    if hasattr(layer, "recurrent_dropout"):  # some cells draw masks that they then do not use
        return any(mask[0] for mask in tally.masks.values()) and tally.training != {False}
    if any(seen for _, seen, _ in tally.masks.values()):
        return any(mask[0] for mask in tally.masks.values())
    return tally.changed or (tally.draws > 0 and tally.training != {False})


def _names(layers, model):
    """A name for each layer; its path where others have the same, and for a recurrent cell."""
    names = [layer.name for layer in layers]
    paths = [(layer.path or layer.name).removeprefix(f"{model.name}/") for layer in layers]
    return [
        path if names.count(name) > 1 or hasattr(layer, "recurrent_dropout") else name
        for layer, name, path in zip(layers, names, paths, strict=True)
    ]
