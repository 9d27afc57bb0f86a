"""What the programs of the hunt are to learn: data of a few lines, and what people say of it."""

from . import chunked, padded, rows, series
from .task import Task

TASKS = {
    task.__name__: task
    for task in (
        series.recall,
        series.running_mean,
        rows.first_sign,
        rows.sign_of_sum,
        rows.total,
        series.neighbours,
        series.sines,
        series.two_sensors,
        series.both_sides,
        padded.tokens,
        chunked.chunks,
        chunked.stream_chunks,
        padded.token_tags,
    )
}

__all__ = ["TASKS", "Task"]
