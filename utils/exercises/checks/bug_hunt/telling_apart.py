"""Why a program cannot have the fault that was named: by what it does, never by what it has.

Each text of `WITHOUT` is true of every program that lacks the fault, unless another fault looks
alike in what the text speaks of; then `NEAR` has a text for the pair.
"""

_NOBODY_ELSE = "Poke one row of x in `predict`: no answer of another row moves."
WITHOUT = {  # the cause that was named -> what the program does, which has no such fault
    "axes_reshaped": f"{_NOBODY_ELSE} Rows and steps that were mixed would carry the poke there.",
    "time_as_batch": (
        f"{_NOBODY_ELSE} In a layer that runs along the batch every row hears the rows before it."
    ),
    "samples_hear_each_other": (
        f"{_NOBODY_ELSE} Nothing that is computed over the batch gets from one row to another."
    ),
    "one_timestep": (
        "The recurrent layer is handed several steps at each call, so its recurrent weights act. "
        "Print the shape that it gets."
    ),
    "backwards_not_turned": (
        "No early answer hears the end of its sequence while it is deaf to the middle. That is "
        "how a branch shows that nobody turned round."
    ),
    "future_heard": (
        "Change the late steps of x, and no answer moves that would have to be given before them. "
        "`axes(model, x, y, causal=True)` draws who hears whom."
    ),
    "softmax_of_one": (
        "Call `build()` and ask the untrained model: its answers differ from row to row. After a "
        "softmax over one unit each of them would be 1."
    ),
    "feature_unheard": "Poke one feature of x after the other: each of them moves some answer.",
    "dropout_never_acts": (
        "Repeat one step of the training on the same batch, with a learning rate of 0: the loss "
        "differs each time, as it should where a Dropout acts."
    ),
    "dropout_in_predict": (
        "Ask the trained program twice with the same x: both times it answers the same. A Dropout "
        "that never stops would answer otherwise each time."
    ),
    "sequence_against_last": (
        "A row gets as many answers as it has targets. Compare the shapes of `predict(model, x)` "
        "and y."
    ),
    "broadcast_loss": (
        "The loss makes as many differences as there are targets: answers and targets meet in one "
        "shape, or are brought to it."
    ),
    "targets_unpaired": (
        "Exchange the targets of two rows, and the loss is another. So each answer is compared "
        "with its own target."
    ),
    "no_gradient": (
        "Each weight that the program trains gets a gradient that is not 0, and moves in the first "
        "step."
    ),
    "untracked_weights": (
        "All weights that move the answers stand in `model.weights`: set them to those of another "
        "model that `build()` made, and the answers are that model's."
    ),
    "twin_units": (
        "No two units of a layer begin alike. Look at the columns of its kernel after `build()`."
    ),
    "wrong_gradient": (
        "The gradient of a step is that of its loss: finite differences agree with it."
    ),
    "mask_lost": (
        "Pad the rows of x further, with the same padding: the answers stay, at every step that "
        "is none."
    ),
    "padding_in_loss": (
        "What the targets say where x is padded, if they say anything there, does not move the "
        "loss."
    ),
    "state_not_reset": (
        "Ask the trained program twice with the same x: both times it answers the same. Nothing is "
        "left of the first question when the second one comes."
    ),
    "state_not_carried": (
        "Poke the first chunk, and the answers to the second one move: what is carried arrives."
    ),
    "streams_share_state": "Poke one stream, and only its own answers move, now and later.",
}
_OF_ROWS = "axes_reshaped", "time_as_batch", "samples_hear_each_other"
_CHUNKS = (
    "The rows of x are chunks of one long series here, in their order, so a later one may hear an "
    "earlier one. Poke the last chunk, and no answer but its own moves."
)
_NO_PADDING = "No step of x is padded in this program, so there is no mask to lose."
ELSE = {  # the cause that was named -> what has to stand in the code for `WITHOUT`; else what holds
    "dropout_never_acts": ("ropout", "There is no Dropout here, and nothing else that drops."),
    "mask_lost": ("mask_zero", _NO_PADDING),
    "padding_in_loss": ("mask_zero", _NO_PADDING),
    "state_not_carried": (
        "reset(model)",
        "Each row of x is a sequence of its own here, and nothing is meant to be carried on.",
    ),
    "streams_share_state": (
        "STREAMS",
        "A row of x is one sequence here. There are no streams that could share anything.",
    ),
}

_ROWS = "Rows do hear each other. But "
_ANYWAY = (
    "Answers do move that should not. But they move without any poke as well: ask the very same x "
    "twice, and compare."
)
_WHO_FIRST = (
    "Poke one row, and another one answers: that is worse than hearing the wrong step. Before you "
    "ask when, ask who."
)
_NOTHING_IS_HEARD = (
    "Not one feature is unheard, but all of them: whatever you poke, each answer stays. So the "
    "fault lies at a place where all of them pass."
)
NEAR = {  # (the cause that was named, one that was planted) -> what tells them apart
    ("time_as_batch", "samples_hear_each_other"): (
        f"{_ROWS}there is no order in it: poke the last row of a batch, and the first one moves as "
        "well. A layer that runs along the batch carries things to later rows only."
    ),
    ("samples_hear_each_other", "time_as_batch"): (
        f"{_ROWS}there is an order in it: poke the last row of a batch, and no other row moves. "
        "What is computed over the whole batch knows no first and no last."
    ),
    ("time_as_batch", "axes_reshaped"): (
        f"{_ROWS}poke one row at one step after the other, and each time another row answers. "
        "Along the batch it would be the later rows each time."
    ),
    ("axes_reshaped", "time_as_batch"): (
        f"{_ROWS}poke one row at one step after the other, and it is the later rows that answer "
        "each time, at the step that was poked. Rows and steps that were mixed would answer "
        "elsewhere each time."
    ),
    ("samples_hear_each_other", "axes_reshaped"): (
        f"{_ROWS}poke one row at one step, and one row answers, which is hardly ever the one that "
        "was poked. What is computed over the batch reaches all of them."
    ),
    ("axes_reshaped", "samples_hear_each_other"): (
        f"{_ROWS}poke one row, and it answers itself, with all others beside it. If rows and steps "
        "were mixed, its own answer would be another row's."
    ),
    ("backwards_not_turned", "axes_reshaped"): _WHO_FIRST,
    ("future_heard", "axes_reshaped"): _WHO_FIRST,
    **{
        (named, planted): _ANYWAY
        for named in (
            *(*_OF_ROWS, "backwards_not_turned", "future_heard"),
            *("mask_lost", "streams_share_state", "untracked_weights"),
        )
        for planted in ("dropout_in_predict", "state_not_reset")
    },
    ("dropout_in_predict", "state_not_reset"): (
        "Asked twice, it does answer otherwise. But no number is drawn: put the same weights into "
        "a new model, and its first answer is the first answer again."
    ),
    ("state_not_reset", "dropout_in_predict"): (
        "Asked twice, it does answer otherwise. But what was asked before does not matter: no "
        "layer keeps anything that a reset could clear."
    ),
    ("future_heard", "backwards_not_turned"): (
        "Answers do move when later steps are poked. But in this task the whole sequence is there "
        "when it is used, so to hear the future is no fault. Look at which of the late steps an "
        "early answer hears, and which it does not."
    ),
    ("softmax_of_one", "untracked_weights"): (
        "The answers are all alike, but they are not 1, and a softmax over one unit leaves no "
        "other."
    ),
    ("feature_unheard", "softmax_of_one"): _NOTHING_IS_HEARD,
    ("feature_unheard", "untracked_weights"): _NOTHING_IS_HEARD,
    ("broadcast_loss", "sequence_against_last"): (
        "Shapes do differ there. But not by an axis of length 1 that is missing: they differ in "
        "how many answers a row gets."
    ),
    ("targets_unpaired", "broadcast_loss"): (
        "Exchange the targets of two rows, and the loss stays: in that they are alike. But single "
        "answers are compared with single targets here, in many more pairs than there are rows."
    ),
    ("broadcast_loss", "targets_unpaired"): (
        "Exchange the targets of two rows, and the loss stays: in that they are alike. But answers "
        "and targets meet in one shape here, and nothing is repeated."
    ),
    ("no_gradient", "untracked_weights"): (
        "Something does stay as it was drawn. But nothing holds its gradient up on the way: nobody "
        "ever asked for it. Count `model.trainable_variables`."
    ),
    ("untracked_weights", "no_gradient"): (
        "Something does stay as it was drawn. But the model knows it: it stands in "
        "`model.trainable_variables`."
    ),
    ("no_gradient", "softmax_of_one"): (
        "Nothing is learned, and the gradients are 0 up to rounding. But that is the consequence: "
        "where no weight moves an answer, 0 is the right gradient. Ask why the answers are all "
        "alike."
    ),
    ("no_gradient", "one_timestep"): (
        "Some weights do have a gradient of 0. But nothing holds it up on the way: they are "
        "multiplied by zeros. Ask what that layer has been given to remember."
    ),
    ("wrong_gradient", "no_gradient"): (
        "Finite differences do disagree with the gradient. But where they do, it is not another "
        "number that stands there."
    ),
}


def difference(named, planted):
    """What tells a cause from those that were planted, if one of them looks like it; else ""."""
    return next((NEAR[named, one] for one in planted if (named, one) in NEAR), "")


def why_not(named, case):
    """Why a case's program cannot have a fault that was not planted in it."""
    wanted, otherwise = ELSE.get(named, ("", ""))
    if wanted not in case.code:
        return otherwise
    if named in _OF_ROWS and "reset(model)" in case.code:
        return _CHUNKS
    return WITHOUT[named]
