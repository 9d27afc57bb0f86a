"""Is what a plain call carries still carried where predict makes a graph of the call?"""

from ..report import Finding
from .asking import arrays_of, backend_is_tensorflow, differ
from .held import changed, contents


def ask_graph(inquiry):
    """Whether a state in plain attributes survives the graph that predict and fit make."""
    asking = inquiry.asking
    plain = [part for part in inquiry.telling if not part.in_variables]
    if (
        not plain
        or inquiry.other is None
        or not backend_is_tensorflow()
        or not isinstance(asking.model, asking.keras.Model)
    ):
        return
    if getattr(asking.model, "run_eagerly", False):
        return
    import tensorflow as tf

    answers = []
    try:
        asking.start()
        graph = tf.function(lambda x: asking.model(x, training=False))
        graph(_tensors(inquiry.x, asking))
        before = contents(inquiry.telling)
        for x in (inquiry.x, inquiry.other):
            graph(_tensors(x, asking))
            answers.append(arrays_of(graph(_tensors(inquiry.x, asking))))
        moved = changed(inquiry.telling, before, contents(inquiry.telling))
    except Exception as error:
        inquiry.not_seen.append(
            f"As a graph, which is what predict makes of it, the model raises "
            f"{type(error).__name__}; looked at were plain calls only."
        )
        return
    finally:
        asking.start()
    if not moved and not differ(*answers):
        inquiry.found.append(
            Finding(
                "state not carried",
                f"Called by hand the model carries {plain[0].words}, but in predict and fit it "
                "does not: there the call is traced once, and a plain attribute keeps what it was "
                "then. A state has to be in a variable, written with assign.",
            )
        )


def _tensors(x, asking):
    return asking.keras.tree.map_structure(asking.keras.ops.convert_to_tensor, x)
