"""Packs an answer for the process that judges it, with what its notebook defines and it uses."""

import functools
import io
import sys

import cloudpickle

_Cached = type(functools.cache(len))  # what functools.cache and lru_cache make of a function


def packed(value):
    """`value` as bytes, for `pickle.loads`. Raises whatever the value raises while it is packed."""
    with io.BytesIO() as file:
        _Packer(file).dump(value)
        return file.getvalue()


class _Packer(cloudpickle.Pickler):
    """cloudpickle's, which besides takes functions with a cache along: these begin anew, empty."""

    def reducer_override(self, obj):
        if isinstance(obj, _Cached) and not _importable(obj):
            return _cached, (obj.__wrapped__, obj.cache_parameters())
        if isinstance(obj, functools.cached_property):  # it holds a lock up to Python 3.11
            return _cached_property, (obj.func, obj.attrname)
        return super().reducer_override(obj)


def _importable(function):
    """Whether the other process finds the very same function in a module."""
    module = getattr(function, "__module__", None)  # what is cached may be no plain function
    found = None if module == "__main__" else sys.modules.get(module)
    for name in getattr(function, "__qualname__", "").split("."):
        found = getattr(found, name, None)
    return found is function


def _cached(function, parameters):
    return functools.lru_cache(**parameters)(function)


def _cached_property(function, name):
    made = functools.cached_property(function)
    made.attrname = name  # what the class would tell it in its own statement
    return made
