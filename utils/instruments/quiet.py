"""Running a model without a word from the libraries beneath it."""

import logging
import sys
import warnings
from contextlib import contextmanager
from weakref import WeakKeyDictionary

LOGGERS = "tensorflow", "absl"


@contextmanager
def quietly():
    """Inside, warnings are not shown; afterwards everything warns as it did before.

    TensorFlow also counts how often a function is traced. The graphs that the block makes are not
    counted, so that the next `fit` is not blamed for them.
    """
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    counting = _counting()
    counts = counting and counting._detectors
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(max(level, logging.ERROR))
            if counting:
                counting._detectors = WeakKeyDictionary()
            yield
        finally:
            if counting:
                counting._detectors = counts
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


def _counting():
    """TensorFlow's count of tracings, to which there is no public way; None where it has none."""
    module = sys.modules.get("tensorflow.python.eager.polymorphic_function.polymorphic_function")
    found = getattr(module, "_frequent_tracing_detector_manager", None)
    return found if hasattr(found, "_detectors") else None
