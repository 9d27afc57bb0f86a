# ---
# jupyter:
#   course:
#     minutes: 55
#     summary: Broken programs without end, a report on any model, and five questions
#       to take along.
#     tensorflow: true
#     title: Bug hunt
#     workshop: 15
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 06 Bug hunt
#
# **55 minutes alone. In a workshop, take the sections whose heading says *workshop*: 15
# minutes.**
#
# At the end you can take a model that won't learn, your own or somebody else's, and know which
# questions to put to it. And you can practise as often as you like. This lesson makes its broken
# programs from a number, and there are more numbers than evenings.
#
# Run the next cell first. TensorFlow loads in the background while you read on.

# %% tags=["workshop"]
from utils import axes, check, diagnose, hint, look_back, predict, warm_up
from utils.puzzles import bug_hunt as puzzle

warm_up()

# %% [markdown]
# ## 1 Symptom · workshop 3 min
#
# A case is a small program with a fault in it, and the words of somebody who could not find it.
# The words are in the manner of the questions that people ask in public. What they say is true of
# this very program. What they suspect may not be.
#
# Read the words, then the program. Don't run it yet.

# %% tags=["workshop"]
case = puzzle.case(12, level=1)
case

# %% [markdown]
# ## 2 Predict · workshop 1 min

# %% tags=["workshop"]
predict("06.first")

# %% [markdown]
# ## 3 Reproduce · workshop 2 min
#
# First see it fail. A fault that you can't see failing, you can't see mended. (It takes a few
# seconds, on a slow machine half a minute.)

# %% tags=["workshop"]
case.run()

# %% [markdown]
# To look inside, take the program's functions. Every case has the same four: `make_data`,
# `build`, `train`, `predict`.

# %% tags=["workshop"]
program = case.functions()
x, y = program["make_data"](0)
model = program["build"]()
losses = program["train"](model, x, y)
print("x", x.shape, " y", y.shape, " answer", program["predict"](model, x).shape)

# %% [markdown]
# ## 4 Investigate · workshop 3 min
#
# Until now you took one instrument at a time. `diagnose` takes them all. It needs a model and one
# batch. It leaves the model as it was, to the last bit.

# %% tags=["workshop"]
report = diagnose(model, x, y)
report

# %% [markdown]
# Read it in this order.
#
# - A **fault** is wrong whatever you meant. The model contradicts itself, its data, or you.
# - A **question** depends on what you meant. Only you can answer it.
# - What was **seen** is no finding, and often the most useful part. Is it what you want?
# - What was **not looked at** may hide anything.

# %% tags=["workshop"]
look_back("06.first")

# %% [markdown]
# Each part is an instrument of its own, and works alone. In the second map a row is a timestep
# that was poked, and a column is the answer at a timestep. Follow one column from top to bottom:
# which inputs does this answer hear? Which should it hear?

# %%
axes(model, x, y)

# %% [markdown]
# ## 5 Mend · workshop 6 min
#
# ### Name it
#
# A fault that has a name can be looked for. These are all that the hunt can plant:

# %% tags=["workshop"]
case.causes

# %% [markdown]
# Which of them is it? Put its name between quotation marks, in place of the dots.

# %% exercise="06.name" tags=["workshop"]
#@answer
named = puzzle.case(12).name("backwards_not_turned")
#@stub
# named = puzzle.case(12).name(...)
#@end

# %% tags=["workshop"]
check("06.name", named)

# %%
# hint("06.name")

# %% [markdown]
# ### Mend it
#
# Write `build` anew, so that the program does what its owner wants. The other functions stay as
# they were. It may be built quite differently, as long as it behaves. You can begin from these
# lines: the owner's network, written shorter.

# %% exercise="06.mend" tags=["workshop"]
import keras
from keras import layers


def build():
    """A compiled model: rows of 12 steps in, an answer at each step out."""
    inputs = keras.Input((12, 1))
    forward = layers.GRU(20, return_sequences=True)(inputs)
    backward = layers.GRU(20, return_sequences=True, go_backwards=True)(inputs)
    #@answer
    both = layers.Concatenate()([forward, keras.ops.flip(backward, axis=1)])
    model = keras.Model(inputs, layers.Dense(1)(both))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return model
    #@stub
    # return ...
    #@end


mended = puzzle.case(12).mend(build=build)

# %% tags=["workshop"]
check("06.mend", mended)

# %%
# hint("06.mend")

# %% [markdown]
# The check trains your program on data that you have not seen, and looks at what it does. How you
# wrote it is your business.
#
# A better score does not prove a repair. Put the question once more to the instrument that found
# the fault. `Bidirectional` turns its branch round by itself, so this is how the map should look:

# %%
both_ways = keras.Sequential([layers.Bidirectional(layers.GRU(20, return_sequences=True))])
axes(both_ways, x)

# %% [markdown]
# ## 6 Why
#
# ### What an instrument can't know
#
# An instrument sees what a model does. It does not see what you want. The model of the last cell
# hears the past and the future. To smooth a recording, that is right. To forecast, it is fatal.
# The numbers are the same.
#
# So say what you want. Then it can judge:

# %%
axes(both_ways, x, causal=True)

# %% [markdown]
# `causal=True`, `quiet=True` and `time_major=True` are words for what you meant. `diagnose` takes
# them as well.
#
# ### What looks suspicious

# %%
predict("06.decoy")

# %% [markdown]
# Here they are, all four in one model:

# %%
import numpy as np

keras.utils.set_random_seed(0)
suspicious = keras.Sequential(
    [
        keras.Input(batch_shape=(16, 12), dtype="int32"),
        layers.Embedding(10, 6, trainable=False),
        layers.LSTM(8, stateful=True, return_sequences=True),
        layers.BatchNormalization(),
        layers.Bidirectional(layers.LSTM(8)),
        layers.Dense(1, activation="sigmoid"),
    ]
)
suspicious.compile("adam", "binary_crossentropy")
tokens = np.random.default_rng(0).integers(0, 10, size=(16, 12))
kinds = (tokens[:, :1] > 4).astype("float32")
diagnose(suspicious, tokens, kinds)

# %%
look_back("06.decoy")

# %% [markdown]
# ### No finding is not "right"
#
# The next model is the first case, mended. Yet it will not learn. Run the cell, read the report,
# and then read the line that compiles it.

# %%
slow = keras.Sequential(
    [layers.Bidirectional(layers.GRU(20, return_sequences=True)), layers.Dense(1)]
)
slow.compile(keras.optimizers.SGD(1e-6), "mse")
losses = slow.fit(x, y, epochs=20, verbose=0).history["loss"]
print(f"loss {losses[0]:.3f} -> {losses[-1]:.3f}")
diagnose(slow, x, y)


# %% [markdown]
# The learning rate is a millionth. Nothing contradicts anything, so nothing is found. No instrument
# here looks at whether there are enough units, enough data, enough patience, or whether the labels
# are true. They look for assumptions that nobody made visible.
#
# What may you conclude from a report? Write it down as a function.

# %% exercise="06.conclude"
def conclude(report):
    """-> "mend", "ask" or "look on"; report.faults and report.questions are tuples of names."""
    #@answer
    if report.faults:
        return "mend"
    return "ask" if report.questions else "look on"
    #@stub
    # return ...
    #@end


# %%
check("06.conclude", conclude)

# %%
# hint("06.conclude")

# %% [markdown]
# ## 7 Elsewhere: the hunt
#
# Now one of your own. The number makes the case. The same number makes the same case for
# everybody, today and next year.

# %%
case = puzzle.case(2026, level=1)
case

# %% [markdown]
# Take away the `#` and run the next cell. It puts the program into a new cell, where you can run
# it, poke it and change it.

# %%
# case.into_next_cell()

# %% [markdown]
# Hand in the cause, and those of the four functions that you have changed or that *use* what you
# have changed. After a change in a loss that `train` names, that is `train=train`. The check says
# of cause and program by itself what it finds. The other functions stay as they were.

# %% exercise="06.hunt"
#@answer
case = puzzle.case(2026)
unpaired = "ops.square(ops.mean(y_true - y_pred))"
code = case.code.replace(unpaired, "ops.mean(ops.square(y_true - y_pred))")
hunted = case.answer("targets_unpaired", **case.functions(code))
#@stub
# hunted = puzzle.case(2026).answer(...)
#@end

# %%
check("06.hunt", hunted)

# %%
# hint("06.hunt")

# %% [markdown]
# There are as many cases as numbers, and three levels. Level 2 is a longer program. Some of its
# parts look suspicious and are right. Level 3 has two faults.

# %%
puzzle.case(7, level=2)

# %%
from utils import predict  # your program may have brought a predict of its own

predict("06.two")

# %% [markdown]
# Here is a case of level 3, a forecast. The next cell trains it four times: as it is, with each
# fault mended, with both. It gives away what is wrong, so take another number to practise.

# %%
puzzle.one_by_one(puzzle.case(4, level=3))

# %%
look_back("06.two")

# %% [markdown]
# Compare the second line with the last. A true repair made the score *worse*. The model had heard
# the values that it was asked to forecast, and in use it would not have had them.
#
# To go on, change number and level in the cell with `puzzle.case(2026, level=1)`, and in the
# exercise below it. In a workshop, take one number for the whole room, and compare who found what
# with which instrument.
#
# ## 8 Take it home
#
# Your own model, one batch of your data. Put them in place of these.

# %%
mine = keras.Sequential([layers.LSTM(8, dropout=0.2), layers.Dense(1)])
mine.compile("adam", "mse")
rng = np.random.default_rng(0)
diagnose(mine, rng.normal(size=(32, 10, 3)), rng.normal(size=(32, 1)))

# %% [markdown]
# And on paper, for the wall: the five questions to put to any recurrent model.

# %%
puzzle.FIVE_QUESTIONS

# %% [markdown]
# `puzzle.FIVE_QUESTIONS.page("five_questions.html")` writes them to a page that prints on one
# sheet.
#
# **What you take with you**
#
# - See it fail first. Then poke. Then name it. Then mend it. Then poke again.
# - What looks suspicious is a place to look, not a finding. No finding is not a proof.
# - An instrument sees what a model does. You have to say what you want.
# - Make the invisible assumption visible before you touch a knob.
#
# [The map of the course](00_start_here.ipynb)
