# expect: low_loss
"""Leaves the padding out above the line only."""

from utils.puzzles import bug_hunt as puzzle

CASE = next(one for one in map(puzzle.case, range(200)) if one._planted == ("padding_in_loss",))

CODE = CASE.code
CODE = CODE.replace(
    "    return ops.mean(each)\n",
    "    return keras.ops.mean(each * keras.ops.cast(x > 0, each.dtype))\n",
)
CODE = CODE.replace(
    "    return tf.reduce_mean(each)\n",
    "    return keras.ops.mean(each * keras.ops.cast(x > 0, each.dtype))\n",
)
answer = CASE.mend(**CASE.functions(CODE))
