"""What a judge calls an answer with: whatever the answer does ends in a value or a `NotYet`.

The answer shares a process with its judge. What it may leave behind by accident (a replaced NumPy
function, an error state, warning filters) is put back before the judge goes on.
"""

import copy
import inspect
import math
import sysconfig
import types
import warnings
from collections.abc import Mapping, Set
from contextlib import contextmanager, nullcontext
from pathlib import Path

import numpy as np

from utils.error_text import text_of
from utils.exercises.exercise import NotYet, Unanswered
from utils.exercises.watching import as_before

TEXT = 300  # characters of an error's text that are shown
_COURSE = str(Path(__file__).parents[1])
_LIBRARIES = tuple({sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")})


def call(answer, /, *args, **kwargs):
    """The result of `answer(*args, **kwargs)`, called with deep copies of the arguments.

    Raises `NotYet` with the frame's message "not_callable", "wrong_signature", "raised",
    "memory", "changed_library", "changed_arguments" or "returned_none"; and `Unanswered` if the
    result is `...` or holds it. Objects that cannot be copied are shared; only plain data (arrays,
    lists, tuples, dicts, sets) is searched for changes.
    """
    _must_be_callable(answer)
    if holds_ellipsis(answer):
        raise Unanswered
    _must_take(answer, args, kwargs)
    args_in, kwargs_in = _copied(args), {name: _copied(value) for name, value in kwargs.items()}
    named = [f"{name}={describe(value)}" for name, value in kwargs.items()]
    given = "called with " + (", ".join([*map(describe, args), *named]) or "nothing")
    with guarded(given):
        result = answer(*args_in, **kwargs_in)
    if holds_ellipsis(result):
        raise Unanswered
    for position, (before, after) in enumerate(zip(args, args_in, strict=True)):
        if not _alike(before, after):
            which = _name_of_argument(answer, position)
            raise NotYet("changed_arguments", which=which, given=given)
    for name, before in kwargs.items():
        if not _alike(before, kwargs_in[name]):
            raise NotYet("changed_arguments", which=f"`{name}`", given=given)
    if result is None:
        raise NotYet("returned_none", given=given)
    return result


def as_array(value, what, shape=None, dtype="number"):
    """`value` as a NumPy array of its own, or `NotYet` "wrong_type", "wrong_shape", "not_finite".

    `what` names the value in the message ("the result", "inputs[2]"). `shape` is a tuple; None in
    it stands for any length. `dtype` is "number" (real numbers and truth values), "integer" (whole
    numbers, also when stored as floats) or "any". A collection of any kind will do that has a
    length and an order, such as a deque or a dict's values.
    """
    if value is None or _is(value, types.GeneratorType, types.CoroutineType, Set, Mapping):
        raise NotYet("wrong_type", what=what, got=describe(value), expected="an array of numbers")
    # A plain array is copied without running a line of the learner's.
    with nullcontext() if type(value) is np.ndarray else guarded(f"read as an array ({what})"):
        try:
            array = np.array(value, subok=False)
            sized = hasattr(type(value), "__len__") and not _is(value, np.ndarray)
            if array.shape == () and array.dtype == object and sized:
                array = np.array(list(value), subok=False)
        except ValueError as error:
            if not _is(value, list, tuple):
                raise
            expected = "an array, or a list whose pieces all have the same shape"
            raise NotYet("wrong_type", what=what, got=describe(value), expected=expected) from error
    if dtype != "any" and array.dtype.kind not in "biuf":
        got = f"{describe(value)} with entries of type {array.dtype}"
        raise NotYet("wrong_type", what=what, got=got, expected="an array of numbers")
    if shape is not None and not _fits(array.shape, shape):
        raise NotYet("wrong_shape", what=what, got=_shape(array.shape), expected=_shape(shape))
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        bad = ~np.isfinite(array)
        where = ", ".join(str(int(i)) for i in np.argwhere(bad)[0])
        raise NotYet("not_finite", what=what, bad=int(bad.sum()), total=array.size, where=where)
    if dtype == "integer" and array.dtype.kind == "f":
        if (array != np.round(array)).any():
            raise NotYet("wrong_type", what=what, got="fractions", expected="whole numbers")
        array = array.astype(int)
    return array


def yes_or_no(value):
    """True or False for a truth value of Python, NumPy or TensorFlow; else `NotYet`."""
    if type(value) is bool:
        return value
    expected = "True or False"
    if _is(value, str, bytes, int, float, list, tuple):
        raise NotYet("wrong_type", what="the result", got=describe(value), expected=expected)
    array = as_array(value, "the result")
    if array.shape or array.dtype != bool:
        raise NotYet("wrong_type", what="the result", got=describe(value), expected=expected)
    return bool(array)


def describe(value):
    """A few words for any value, without running a method of an unknown class."""
    kind = type(value)
    if value is None or value is Ellipsis:
        return "None" if value is None else "`...`"
    if kind is bool or (kind is int and abs(value) < 10**18):
        return f"the {'number' if kind is int else 'truth value'} {value}"
    if kind is float:
        return f"the number {value:.6g}"
    if kind is str:
        return f"the text {value!r}" if len(value) <= 40 else f"a text of {len(value)} characters"
    if kind in (list, tuple, set, dict, frozenset):
        return f"a {kind.__name__} of {len(value)}"
    if _is(value, np.ndarray):
        return f"an array of shape {_shape(value.shape)}"
    if _is(value, np.generic):
        return f"the number {value}"
    for name, *kinds in _KINDS:
        if _is(value, *kinds):
            return name
    if _is(value, type):
        return f"the class {_name(value)}"
    name = _name(kind)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def holds_ellipsis(value, depth=4):
    """Whether the stub's `...` is the value, or stands somewhere inside it."""
    if value is Ellipsis:
        return True
    if depth and type(value) in (list, tuple):
        return any(holds_ellipsis(part, depth - 1) for part in value[:10_000])
    if depth and type(value) is dict:
        return any(holds_ellipsis(part, depth - 1) for part in list(value.values())[:10_000])
    if type(value) is np.ndarray and value.dtype == object:
        return any(part is Ellipsis for part in value.ravel()[:10_000])
    return False


@contextmanager
def guarded(given="looked at"):
    """Runs learner's code: its errors become `NotYet`, what it did to libraries is undone.

    So is what it has set for the whole process, such as Keras' floatx.

    `given` completes the message's "When {given}, your answer stopped with …".
    """
    try:
        with (
            np.errstate(),
            np.printoptions(),
            warnings.catch_warnings(),
            as_before() as changed,
        ):
            yield
    except BaseException as error:
        if isinstance(error, NotYet) and _raised_by_course(error):
            raise
        raise _raised(error, given) from None
    if changed:
        raise NotYet("changed_library", name=changed[0])


def from_learner(error, judge):
    """Whether an exception that a judge met came out of the learner's own lines."""
    code = getattr(judge, "__code__", None)
    own = (code.co_filename,) if code else ()
    return _learners_frame(error.__traceback__, own) is not None


def _raised(error, given):
    if isinstance(error, MemoryError):
        return NotYet("memory")
    facts = {"error": _name(type(error)), "text": _text(error), "given": given}
    frame = _learners_frame(error.__traceback__)
    if frame is not None:
        code, lineno = frame
        facts |= {"file": code.co_filename, "lineno": lineno, "function": code.co_name}
    return NotYet("raised", **facts)


def _text(error):
    try:
        return text_of(error, TEXT)
    except BaseException:
        return "(its own text could not be made)"


def _learners_frame(traceback, own=()):
    """(code, line number) of the innermost frame that is neither the course's nor a library's."""
    others = (_COURSE, "<frozen", *_LIBRARIES, *own)
    found = None
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not code.co_filename.startswith(others):
            found = code, traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def _raised_by_course(error):
    """True for a `NotYet` of ours, also from a judge's stand-in which the answer called."""
    traceback = error.__traceback__
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback.tb_frame.f_code.co_filename.startswith(_COURSE)


def _must_be_callable(answer):
    if answer is Ellipsis:
        raise Unanswered
    if not callable(answer) or _is(answer, type):
        raise NotYet("not_callable", got=describe(answer))


def _must_take(answer, args, kwargs):
    try:
        signature = inspect.signature(answer)
    except BaseException:
        return  # some built-in functions have no signature; calling will tell
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        wanted = f"{len(args) + len(kwargs)} value{'s' if len(args) + len(kwargs) != 1 else ''}"
        raise NotYet("wrong_signature", got=str(signature), wanted=wanted) from error


def _name_of_argument(answer, position):
    try:
        return f"`{list(inspect.signature(answer).parameters)[position]}`"
    except BaseException:
        return f"argument {position + 1}"


def _copied(value):
    try:
        return copy.deepcopy(value)
    except Exception:
        return value


def _alike(a, b):
    """Whether plain data is still what it was; other objects are not looked into."""
    if type(a) is not type(b):
        return False
    if _is(a, np.ndarray):
        same_kind = a.shape == b.shape and a.dtype == b.dtype
        if same_kind and a.dtype == object:
            return all(map(_alike, a.ravel(), b.ravel()))
        return same_kind and a.tobytes() == b.tobytes()
    if _is(a, list, tuple):
        return len(a) == len(b) and all(map(_alike, a, b))
    if _is(a, dict):
        return a.keys() == b.keys() and all(_alike(a[key], b[key]) for key in a)
    if _is(a, set, str, int, bool):
        return a == b
    if _is(a, float):
        return a == b or math.isnan(a)
    return True


def _fits(got, wanted):
    return len(got) == len(wanted) and all(
        b is None or a == b for a, b in zip(got, wanted, strict=True)
    )


def _shape(shape):
    inside = ", ".join("any" if n is None else str(int(n)) for n in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


def _is(value, *kinds):
    """`isinstance` that asks the type alone: an object's `__class__` may lie or raise."""
    return issubclass(type(value), kinds)


def _name(kind):
    return type.__dict__["__name__"].__get__(kind)  # a metaclass cannot get in between


_KINDS = (
    ("a generator (what a function with `yield` returns)", types.GeneratorType),
    ("a coroutine (what an `async` function returns)", types.CoroutineType),
    ("a module", types.ModuleType),
    ("a function", types.FunctionType, types.BuiltinFunctionType, types.MethodType),
)
