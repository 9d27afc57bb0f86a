"""One step of a model's own `fit`, and its `predict`, repeated from one and the same state."""

import inspect
import sys
from contextlib import contextmanager

import numpy as np

from utils.error_text import text_of

from .state import memory_of_all

ROWS = 256  # of a batch; more say little more


class Runs:
    """Runs of a model on one batch; all but the first start from the state after that one."""

    def __init__(self, model, x, y, notes, keras):
        self.model, self.x, self.y, self.keras = model, x, y, keras
        self.notes = notes  # what was assumed, and what was not looked at
        self.rows = len(keras.tree.flatten(x)[0])
        self.eagerly = bool(getattr(model, "run_eagerly", False))  # as it was compiled
        self.trained, self.asked = {}, {}  # functions that fit and predict have made, by `plainly`
        self.put_back = None
        self.way = self._fit
        if not isinstance(model, keras.Model):
            self.way = self._forward
            self.notes.append(
                "This is a layer and has no fit: it was called with training=True, and with "
                "training=False for predict. What a model makes of it was not looked at."
            )
        elif not model.compiled:
            self.way = self._forward
            self._not_compiled()

    @property
    def has_graph(self):
        """Whether fit would run the step as a graph, and not plainly."""
        return self.way == self._fit and not self.eagerly

    @property
    def has_graph_to_predict(self):
        """The same of predict, which a model has without being compiled."""
        return isinstance(self.model, self.keras.Model) and not self.eagerly

    def step(self, plainly):
        """One step on the batch -> a list of arrays, the loss first where there is one."""
        try:
            return self.way(plainly)
        except Exception as error:
            if self.way == self._fit and self.y is None:
                self.way = self._forward
                self.notes.append(
                    f"Without y its fit raises {type(error).__name__}: looked at was the forward "
                    "pass that fit makes, and not the loss. Give y to include it."
                )
                return self.step(plainly)
            raise RuntimeError(
                f"The model raised {type(error).__name__} in one step of "
                f"{'fit' if self.way == self._fit else 'training'}: {text_of(error)}"
            ) from error

    def predict(self, plainly=True):
        """The answers to x as predict gives them, a list of arrays."""
        if not isinstance(self.model, self.keras.Model):
            return as_arrays(self.model(self.x, **self._training(False)), self.keras)
        with self._one_by_one(plainly, "predict_function", self.asked):
            answer = self.model.predict(self.x, batch_size=self.rows, verbose=0)
        return as_arrays(answer, self.keras)

    def remember(self):
        """From now on every run starts from the state in which the model is now."""
        self.put_back = memory_of_all(self.model)

    def again(self, run, generators=(), draw=0, **how):
        """A run from the remembered state, with these seed generators moved on by `draw`."""
        self.put_back()
        for generator in generators:
            if draw:
                seed = np.asarray(generator.state)
                generator.state.assign(seed + seed.dtype.type(draw))
        try:
            return run(**how)
        finally:
            self.put_back()

    def _fit(self, plainly):
        with self._one_by_one(plainly, "train_function", self.trained):
            history = self.model.fit(
                self.x, self.y, batch_size=self.rows, epochs=1, verbose=0, shuffle=False
            )
        logs = getattr(history, "history", history)
        if not isinstance(logs, dict):
            return []
        ordered = sorted(logs, key=lambda name: name != "loss")
        return [np.asarray(logs[name], float) for name in ordered]

    @contextmanager
    def _one_by_one(self, plainly, name, made):
        """Inside, fit and predict take single steps, with the function that they made before."""
        vars(self.model).update(
            {"_run_eagerly": plainly or self.eagerly, name: made.get(plainly)},
            _jit_compile=False,
            steps_per_execution=1,
        )
        with _functions_run_plainly(plainly):
            yield
        made[plainly] = getattr(self.model, name)

    def _forward(self, plainly):
        with _functions_run_plainly():
            return as_arrays(self.model(self.x, **self._training(True)), self.keras)

    def _training(self, value):
        """As Keras' own train_step does: the argument only if `call` has one."""
        named = "training" in inspect.signature(self.model.call).parameters
        return {"training": value} if named or self.model._call_has_training_arg else {}

    def _not_compiled(self):
        own = type(self.model).train_step is not self.keras.Model.train_step
        self.notes.append(
            "The model is not compiled: looked at was the forward pass that fit makes, as Keras' "
            "own train_step calls it, and not the loss."
            + (" The model's own train_step was not run: compile it to include it." if own else "")
        )


def batch_of(model, x, y, keras):
    """One batch as nests of arrays -> x, y, and notes of what was taken."""
    notes = []
    if inspect.isgenerator(x) or hasattr(x, "__next__"):
        raise TypeError("x is a generator, and taking a batch would use it up; give it one batch.")
    if _is_data(x, keras):
        (x, y), (again, _) = _first(x, keras), _first(x, keras)
        notes.append("Looked at was the first batch of the data.")
        pairs = zip(as_arrays(x, keras), as_arrays(again, keras), strict=True)
        if not all(map(_same, pairs)):
            notes.append(
                "The data gives another first batch each time: it is shuffled or augmented."
            )
    x, y = _plain(x, "x", keras), None if y is None else _plain(y, "y", keras)
    rows = {name: {len(a) for a in as_arrays(n, keras)} for name, n in (("x", x), ("y", y))}
    if len(rows["x"]) > 1 or (y is not None and rows["x"] != rows["y"]):
        counts = ", ".join(f"{name}: {sorted(n)}" for name, n in rows.items() if n)
        raise ValueError(f"The arrays have different numbers of rows ({counts}).")
    (n,) = rows["x"]
    if (rows := _rows_wanted(model, keras)) < n:
        x, y = (_cut(nest, rows, keras) for nest in (x, y))
        notes.append(f"Of {n} rows the first {rows} were used.")
    return x, y, notes


def _rows_wanted(model, keras):
    """How many rows a batch has for this model: as declared, any number, or not too many."""
    inputs = keras.tree.flatten(getattr(model, "inputs", None) or [])
    declared = [tensor.shape[0] for tensor in inputs if tensor is not None and tensor.shape]
    if any(declared):
        return max(filter(None, declared))
    carries = any(getattr(layer, "stateful", False) for layer in model._flatten_layers())
    return float("inf") if carries else ROWS


def as_arrays(nest, keras):
    """The arrays of a nest, as NumPy's."""
    return [np.asarray(part) for part in keras.tree.flatten(nest) if part is not None]


def _is_data(x, keras):
    tf = sys.modules.get("tensorflow")
    kinds = (keras.utils.PyDataset, *(() if tf is None else (tf.data.Dataset,)))
    return isinstance(x, kinds)


def _first(data, keras):
    """x and y of the first batch."""
    try:
        batch = data[0] if isinstance(data, keras.utils.PyDataset) else next(iter(data.take(1)))
    except (StopIteration, IndexError):
        raise ValueError("x is a data set without a batch.") from None
    x, y, _ = keras.utils.unpack_x_y_sample_weight(batch)
    return x, y


def _plain(nest, name, keras):
    """The nest with NumPy arrays, or a sentence if one of them can't be used."""

    def check(part):
        array = np.asarray(part)
        if array.ndim == 0:
            raise ValueError(f"{name} holds {part!r}; expected arrays whose first axis is rows.")
        if not array.size:
            raise ValueError(f"{name} is empty ({array.shape}): there is no batch to look at.")
        if array.dtype.kind in "fc" and not np.isfinite(array).all():
            raise ValueError(f"{name} holds NaN or infinity, so that no loss could be compared.")
        if array.dtype.kind == "O":
            raise TypeError(f"{name} holds {type(array.flat[0]).__name__}; expected numbers.")
        return array

    if _is_table(nest):
        nest = np.asarray(nest)
    if not keras.tree.flatten(nest):
        raise ValueError(f"{name} is empty: there is no batch to look at.")
    return keras.tree.map_structure(check, nest)


def _is_table(nest):
    """Whether this is one array written out as lists of numbers."""
    if isinstance(nest, list):
        return len(nest) > 0 and all(map(_is_table, nest))
    return np.isscalar(nest)


def _cut(nest, rows, keras):
    return None if nest is None else keras.tree.map_structure(lambda a: a[:rows], nest)


def _same(pair):
    return pair[0].shape == pair[1].shape and np.array_equal(*pair)


@contextmanager
def _functions_run_plainly(plainly=True):
    """Inside, a function decorated with tf.function runs line by line, so that it can be heard."""
    tf = sys.modules.get("tensorflow")
    if tf is None or not plainly:
        yield
        return
    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)
