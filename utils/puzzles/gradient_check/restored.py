"""What the printed question had lost, and then what is odd in it besides, as a table.

The fault that the question is about is not among them: it is the learner's to find.
"""

from utils.puzzles.table import Table

RESTORED = Table(
    "Lost in print, or odd besides",
    ("in the question", "what it was or does", "here"),
    (
        ("ten products without their beginning", "lost: `np.dot(`", "`@`"),
        ("the quotes of the docstrings", "lost", "docstrings again"),
        (
            "the loop over time keeps nothing",
            "lost: `outputs.append(y)` and `caches.append(cache)`",
            "both are back",
        ),
        ("a parenthesis that nothing closes", "lost", "closed"),
        ("the test on a sine is never called", "lost", "`sine` makes its data"),
        (
            "no random seed anywhere",
            "odd: each run checks other weights",
            "`parameters(seed)` draws from its own generator",
        ),
        (
            "the check reads global names, not its arguments",
            "odd: it checks what the caller did not hand in",
            "it reads its arguments",
        ),
        (
            "the error is divided by `|a + n|`",
            "odd: that is near 0 if the signs differ; 0/0 if both are 0",
            "kept, to be mended by you",
        ),
        (
            "the loss is a mean over the outputs, its gradient `2 * (out - target)`",
            "odd: right for one output, wrong by exactly 2 for two",
            "one output, so the sum is the mean",
        ),
        (
            "the targets are `np.roll(signal, 1)`",
            "odd: each is the sample before, and the first one the last of all",
            "kept, and looked at in the end",
        ),
    ),
)
