"""Whether two functions are the same program, with the functions and classes that they use."""

import ast
import dis
import sys
from types import CodeType, FunctionType, ModuleType


def same_program(a, b):
    """Whether two functions have the same code, and so has all of their own that they use.

    False also where it cannot be told: if one of them uses a list or an array, say.
    """
    try:
        return _of(a, ()) == _of(b, ())
    except (TypeError, ValueError, AttributeError, RecursionError):
        return False


def as_in_cells(code):
    """The names that a program's text defines, compiled as a notebook compiles its cells.

    There each statement is compiled by itself, and one that does not see the import of a name
    gets another bytecode where it uses it.
    """
    space = {"__name__": "cells"}
    for statement in ast.parse(code).body:
        exec(compile(ast.Module([statement], []), "<cells>", "exec"), space)
    return space


def _of(value, outer):
    """What identifies a function, a class or a plain value: nested tuples. outer: what uses it."""
    if any(value is one for one in outer):
        return "again"
    if type(value) in (int, float, str, bool, bytes, type(None)):
        return type(value), value
    if type(value) is ModuleType:
        return value.__name__
    within = (*outer, value)
    if not _is_class(value) and type(value).__module__.startswith(("keras.", "tensorflow.")):
        held = vars(value)
        held = {name: held[name] for name in held if name == "__wrapped__"} or held
        return _of(type(value), within), tuple(held), _all(held.values(), within)
    if getattr(value, "__module__", None) in sys.modules.keys() - {"__main__"}:
        return value.__module__, value.__qualname__  # a library's
    if type(value) is FunctionType:
        used = sorted(_globals_of(value.__code__) & value.__globals__.keys())
        parts = [value.__globals__[name] for name in used]
        parts += [cell.cell_contents for cell in value.__closure__ or ()]
        parts += [*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
        return _code(value.__code__), tuple(used), _all(parts, within)
    if _is_class(value):
        inside = {name: one for name, one in vars(value).items() if _counts(name, one)}
        return _all(value.__bases__, within), tuple(inside), _all(inside.values(), within)
    raise TypeError("an object, which may hold anything")


def _is_class(value):
    return issubclass(type(value), type)


def _counts(name, part):
    """Whether a part of a class is the author's, and not what Python adds to each."""
    return type(part) is FunctionType or not (name.startswith("__") and name.endswith("__"))


def _all(values, outer):
    return tuple(_of(value, outer) for value in values)


def _code(code):
    """A code object without its place in a file."""
    inner = (_code(one) if type(one) is CodeType else repr(one) for one in code.co_consts)
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, tuple(inner)


def _globals_of(code):
    """The names of globals that a code object, or one within it, asks for."""
    names = {one.argval for one in dis.get_instructions(code) if one.opname == "LOAD_GLOBAL"}
    for one in code.co_consts:
        if type(one) is CodeType:
            names |= _globals_of(one)
    return names
