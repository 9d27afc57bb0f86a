"""Calling somebody's loss and gradients at parameters of any nest, without trusting either."""

from dataclasses import dataclass, field

import numpy as np

from utils.error_text import text_of

from .calling import is_table, take_apart


def leaves_of(nest, name=""):
    """Pairs of a name and a leaf, in the order of `take_apart`."""
    if isinstance(nest, dict):
        for key, part in nest.items():
            yield from leaves_of(part, f"{name}.{key}" if name else str(key))
    elif isinstance(nest, tuple | list) and not is_table(nest):
        for k, part in enumerate(nest):
            own = getattr(part, "path", None) or getattr(part, "name", None)
            own = own if isinstance(own, str) else f"{name}[{k}]"
            yield from leaves_of(part, own)
    else:
        yield name or "parameters", nest


@dataclass
class Functions:
    """A loss and its gradients, called with copies of the parameters, or in place if need be."""

    loss: object
    gradients: object
    parameters: object
    in_place: bool = False  # whether the caller's own arrays are changed, and put back
    changed: set = field(default_factory=set)  # "loss", "gradients": who changed the parameters
    seen: list = field(default_factory=list)  # every loss so far
    failures: list = field(default_factory=list)  # what it raised, away from the parameters
    loss_eps: float = 0.0  # of the type that it returned
    gradient_eps: float = 0.0
    watching: bool = True  # whether the caller's own arrays are looked at after each call

    def __post_init__(self):
        for name, function in (("loss", self.loss), ("gradients", self.gradients)):
            if not callable(function):
                raise TypeError(
                    f"{name} is {type(function).__name__}; expected a function of the parameters."
                )
        named = list(leaves_of(self.parameters))
        self.names = [name for name, _ in named]
        self.leaves = [leaf for _, leaf in named]
        arrays, self.rebuild = take_apart(self.parameters)
        self.start = [array.copy() for array in arrays]
        self._check()
        self.in_place = any(hasattr(leaf, "assign") for leaf in self.leaves)

    def _check(self):
        if not sum(array.size for array in self.start):
            raise ValueError("parameters are empty: there is nothing to check.")
        for name, array in zip(self.names, self.start, strict=True):
            if array.dtype.kind != "f":
                raise TypeError(
                    f"“{name}” holds {array.dtype} values; expected real floating-point numbers, "
                    "which a small step can change."
                )
            if not np.isfinite(array).all():
                raise ValueError(f"“{name}” holds NaN or infinity, where no slope can be found.")

    def loss_at(self, arrays):
        """The loss, a float. Raises a sentence if it is not one number."""
        value = self._call(self.loss, "loss", arrays)
        found = take_apart(value)[0]
        if len(found) != 1 or found[0].size != 1 or found[0].dtype.kind not in "biuf":
            what = f"shape {found[0].shape}" if len(found) == 1 else f"{len(found)} arrays"
            what = type(value).__name__ if len(found) == 1 and found[0].ndim == 0 else what
            raise TypeError(f"loss returned {what}; expected one real number: sum it, or average.")
        number = float(found[0].reshape(()))
        self.seen.append(number)
        self.loss_eps = max(self.loss_eps, _eps(found[0]))
        return number

    def loss_near(self, arrays):
        """The loss elsewhere; NaN where it raises, which is remembered."""
        try:
            with np.errstate(all="ignore"):
                return self.loss_at(arrays)
        except RuntimeError as error:
            self.seen.append(float("nan"))
            self.failures.append(str(error))
            return float("nan")

    def gradients_at(self, arrays):
        """The gradients, one array or None for each of the parameters' arrays."""
        gradients = self._call(self.gradients, "gradients", arrays)
        aligned = list(self._aligned(gradients, self.parameters, "gradients"))
        self.gradient_eps = max([_eps(g) for g in aligned if g is not None], default=0.0)
        return aligned

    def in_own_arrays(self, arrays):
        """The loss after the caller's own arrays were given these values; None if they can't be."""
        if not all(map(_can_be_written, self.leaves)):
            return None
        self.in_place = True
        try:
            with np.errstate(all="ignore"):
                return self.loss_at(arrays)
        except Exception:  # it takes copies only
            return None
        finally:
            self.in_place = False
            self.put_back()

    def put_back(self):
        """Give the caller's own arrays their numbers again; whether any had others."""
        wrong = [
            (leaf, array)
            for leaf, array in zip(self.leaves, self.start, strict=True)
            if _can_be_written(leaf) and not _same_bits(_values(leaf), array)
        ]
        for leaf, array in wrong:
            _write(leaf, array)
        return bool(wrong)

    def _call(self, function, name, arrays):
        copies = [array.copy() for array in arrays]
        if self.in_place:
            for leaf, array in zip(self.leaves, arrays, strict=True):
                if not _same_bits(_values(leaf), array):
                    _write(leaf, array)
        handed = self.parameters if self.in_place else self.rebuild(copies)
        try:
            answer = function(handed)
        except Exception as error:
            raise RuntimeError(f"{name} raised {type(error).__name__}: {text_of(error)}") from error
        after = [_values(leaf) for leaf in self.leaves] if self.in_place else copies
        if not all(map(_same_bits, after, arrays)):
            self.changed.add(name)
        if self.watching and not self.in_place and self.put_back():
            self.changed.add(name)
        return answer

    def _aligned(self, gradients, parameters, where):
        if isinstance(parameters, dict):
            if not isinstance(gradients, dict) or gradients.keys() != parameters.keys():
                has = list(gradients) if isinstance(gradients, dict) else type(gradients).__name__
                raise ValueError(f"{where} returned {has}; expected a dict of {list(parameters)}.")
            for key, part in parameters.items():
                yield from self._aligned(gradients[key], part, f"{where}[{key!r}]")
        elif isinstance(parameters, tuple | list) and not is_table(parameters):
            if not isinstance(gradients, tuple | list) or len(gradients) != len(parameters):
                has = type(gradients).__name__
                has += f" of {len(gradients)}" if hasattr(gradients, "__len__") else ""
                raise ValueError(f"{where} returned {has}; expected {len(parameters)} arrays.")
            for k, (gradient, part) in enumerate(zip(gradients, parameters, strict=True)):
                yield from self._aligned(gradient, part, f"{where}[{k}]")
        else:
            yield _as_gradient(gradients, _values(parameters).shape, where)


def _as_gradient(value, shape, where):
    if value is None:
        return None
    if hasattr(value, "indices") and hasattr(value, "values"):  # TensorFlow's, of an embedding
        dense = np.zeros(shape, np.asarray(value.values).dtype)
        np.add.at(dense, np.asarray(value.indices), np.asarray(value.values))
        value = dense
    arrays = take_apart(value)[0]
    array = np.array(arrays[0]) if len(arrays) == 1 else np.empty(0, object)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{where} holds {type(value).__name__}; expected an array of real numbers.")
    if array.shape != shape:
        raise ValueError(
            f"{where} has the shape {array.shape}, and its parameter {shape}: expected the same."
        )
    return array


def _eps(array):
    """Of floating-point numbers shorter than Python's own; 0 for others."""
    short = array.dtype.kind == "f" and array.dtype.itemsize < 8
    return float(np.finfo(array.dtype).eps) if short else 0.0


def _values(leaf):
    return take_apart(leaf)[0][0]


def _can_be_written(leaf):
    if hasattr(leaf, "assign"):
        return True
    if hasattr(leaf, "detach"):
        return True
    return isinstance(leaf, np.ndarray) and leaf.flags.writeable


def _write(leaf, array):
    if hasattr(leaf, "assign"):
        leaf.assign(array)
    else:
        _values(leaf)[...] = array  # of a PyTorch tensor, a view


def _same_bits(one, other):
    return one.shape == other.shape and np.array_equal(_bits(one), _bits(other))


def _bits(array):
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8)
