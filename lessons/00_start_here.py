# ---
# jupyter:
#   course:
#     minutes: 8
#     summary: A tiny puzzle teaches the four tools that every lesson uses.
#     tensorflow: false
#     title: Start here
#     workshop: 5
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
# # Start here
#
# **One tiny puzzle, and the four tools of the course in your hands: predict, poke, explore,
# check.** Five minutes if you are quick, ten if you try everything.
#
# Every lesson of this course is a crime scene that still runs. There is no exception. The loss
# goes down. The result is wrong.
#
# People met these puzzles in real programs and asked about them in public. You will meet each one
# as they did, find out why, and mend it. What you keep are the instruments: they work on your own
# models too.
#
# Run a cell with <kbd>Shift</kbd>+<kbd>Enter</kbd>. Begin with this one.

# %% tags=["workshop"]
import numpy as np

from utils import check, course_map, explore, hint, influence, look_back, predict, progress


# %% [markdown]
# ## The symptom
#
# A colleague smooths a series of daily temperatures before a model learns to forecast from it. In
# the notebook the forecasts are brilliant. On the first real day they are worthless.
#
# Here is the smoother. Nothing in it raises, and its curve looks right.

# %% tags=["workshop"]
def smooth(x, window):
    """The moving average of x, [timesteps] -> [timesteps]; window is an odd number of steps."""
    half = window // 2
    return np.array([x[max(0, t - half) : t + half + 1].mean() for t in range(len(x))])


days = np.arange(12)
temperature = 15 + 5 * np.sin(days / 2)  # [timesteps] = [12], degrees
smooth(temperature, window=3).round(1)

# %% [markdown]
# ## Predict
#
# Before you look any closer, commit yourself. A guess that is locked in teaches more than one
# that is not, above all when it is wrong.
#
# We say that an output *hears* an input if the output moves when the input is changed.

# %% tags=["workshop"]
predict("00.future")

# %% [markdown]
# ## The instrument: poke one input, see which outputs move
#
# You could read the code. With a trained network you can't. `influence` needs neither the code nor
# labels nor training: it changes one input at a time and watches every output.
#
# In its map each row is an input that was poked, and each column an output. A mark says: this one
# moved.

# %% tags=["workshop"]
poked = influence(lambda x: smooth(x, window=3), temperature)
poked

# %% tags=["workshop"]
look_back("00.future")
print("Output 3 hears inputs", poked.hears(3))

# %% [markdown]
# Look at the marks below the diagonal. There the input comes *later* than the output. On the real
# day that input does not exist yet.
#
# ## The slider
#
# Now turn the knob. Move the window with the mouse, or click its handle and use the arrow keys.
# Watch the sentence above the pictures: it says in words what they show.

# %% tags=["workshop"]
explore("00")


# %% [markdown]
# ## Mend it
#
# Write `causal_smooth` so that output `t` is the mean of inputs `t − window + 1` to `t`. At the
# start of the series there are fewer than `window` of them: take the ones that exist. `window`
# may now be any whole number from 1 up.
#
# As it stands, the function returns `...`, which is Python's way to leave a gap. Replace it.

# %% exercise="00.causal" tags=["workshop"]
def causal_smooth(x, window):
    """The mean of the last `window` values up to each step, [timesteps] -> [timesteps]."""
    #@answer
    return np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])
    #@stub
    # return ...
    #@end


# %% tags=["workshop"]
check("00.causal", causal_smooth)

# %% [markdown]
# `check` runs your function on inputs that you have not seen. It has three answers: *not answered
# yet*, *not yet* with what it saw, and *right* with the reason. It never looks at how you wrote
# it, so any way that works is right.
#
# Try a wrong answer on purpose. Nothing can break: your code runs in a process of its own,
# against the clock, and your kernel keeps its variables and its random state.
#
# Stuck? Take the `#` away and run the next cell. Each run gives one step more.

# %%
# hint("00.causal")

# %% [markdown] tags=["answer"]
# **Why this works.** Python's slice ends *before* its second number, so `t + 1` is the first
# input that output `t` must not hear. `max(0, …)` keeps the start from wrapping round to the end
# of the series: a negative start would count from the back.

# %% [markdown]
# ## If something does not show
#
# - **A slider is gone, or says "model not found".** The kernel was restarted. Run its cell again.
# - **`NameError` after a restart.** Choose *Run All Above Selected Cell* from the *Run* menu.
# - **No slider at all, only text such as `VBox(…)`.** Type `make doctor` in a terminal in the
#   course's folder. It says what is missing and how to mend it.
# - **A cell shows `[*]` for ever.** Choose *Interrupt Kernel* from the *Kernel* menu.
# - **You want a lesson back as it was.** `make reset LESSON=00` does that, and keeps your copy.
# - **You want to see the full answer.** It is in `solutions/`, under the same name.
#
# ## The map
#
# Each lesson has eight parts: symptom, predict, reproduce, investigate, mend, why, elsewhere, take
# it home. The sections whose heading says *workshop* make a short path through it, for a room.

# %%
course_map()

# %%
progress()

# %% [markdown]
# **Next:** [01 Time-major lists](01_time_major_lists.ipynb). A network is fed a list, learns half
# of what it should, and stops.
