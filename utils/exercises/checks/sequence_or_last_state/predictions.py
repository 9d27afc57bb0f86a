"""Lesson 03's predictions. They state no measured number: the lesson's figures and records do."""

from utils.exercises.exercise import Prediction

PREDICTIONS = (
    Prediction(
        id="03.same",
        question=(
            "Two programs for the same echo, one in Keras and one in raw TensorFlow. The Keras one "
            "stalls. Given the right weights, could each of the two compute what the other does?"
        ),
        choices={
            "a": "Yes. The difference is how the two frameworks draw weights and train.",
            "b": "Yes, but they are trained with different settings: rate, batch, first weights.",
            "c": "No. An output of the one is made of something else than that of the other.",
            "d": "One can't say before both are trained for longer.",
        },
        evidence={
            "a": (
                "A good guess after many such stories. But look at "
                "the shapes and at the number of parameters: they differ, and no way of drawing "
                "weights changes those. The one makes output t of the state at step t. The other "
                "makes all outputs of the last state, when everything has been heard."
            ),
            "b": (
                "The settings agree: the same rate, batch and number of units. The number of "
                "parameters does not. The one makes output t of the "
                "state at step t. The other makes all outputs of the last state, when everything "
                "has been heard."
            ),
            "c": (
                "So it is. The one makes output t of the state at step t, with one small readout "
                "that serves every step. The other makes all outputs of the last state, with a "
                "column of `W` for each step. The shapes of the outputs and the numbers of "
                "parameters say so before any training."
            ),
            "d": (
                "Longer training tells who is faster. What a model can compute at all can be read "
                "from its code, or from two numbers: the shape of its output and how many "
                "parameters it has. Here both differ. The one makes output t of the state at step "
                "t, the other makes all outputs of the last state."
            ),
        },
    ),
    Prediction(
        id="03.early",
        question=(
            "The delay is 10. Output 4 is asked for a sample from before the window, and has heard "
            "samples 0 to 4. The signal is a pure sine, without noise. How well can the best "
            "causal model do there?"
        ),
        choices={
            "a": "Not at all: the sample was never heard, so its best guess is 0.",
            "b": "Half: it knows the frequency, but not where the sine began.",
            "c": "As well as at the other outputs: the samples heard so far fix the sine.",
        },
        evidence={
            "a": (
                "That is what nearly everybody says, and for noise it is true: the floor of noise "
                "stays up for all of the first `delay` outputs. A sine is another matter. Its "
                "samples before the window follow from those inside, and three of them fix "
                "frequency and phase. In the figure the floor is up at the very first output, and "
                "close to nothing a few samples later."
            ),
            "b": (
                "It would be half if one of the two unknowns stayed open. But each sample is an "
                "equation, and output 4 has heard five of them, where three are enough. In the "
                "figure the floor is up at the very first output, and close to nothing a few "
                "samples later. For noise it stays up until the delay is over."
            ),
            "c": (
                "So it is: a sine goes on before the window as it goes on inside, and three "
                "samples fix frequency and phase. In the figure the floor is up at the very first "
                "output only, and close to nothing a few samples later. What can be known is not "
                "yet easy to learn, though: to go back ten samples from five is to extrapolate. "
                "For noise the first choice would have been right."
            ),
        },
    ),
    Prediction(
        id="03.units",
        question=(
            "The sequence model has 32 units and stalls at a delay of 10. With 100 units, at the "
            "same budget of steps, does its loss get below 0.15, where the question's author "
            "called it a day?"
        ),
        choices={
            "a": "Yes: it was too small for 25 outputs.",
            "b": "Not yet, but it would with more steps.",
            "c": "No, and no number of units or steps would do it.",
        },
        evidence={
            "a": (
                "More units are the usual reflex. In the record the larger model ends a little "
                "lower than the small one and far above 0.15, and so does one with two layers. The "
                "floor says why: it counts what a causal model may know, with any number of units, "
                "and at this delay it lies above 0.15."
            ),
            "b": (
                "More steps do help a little: the loss is not at its floor yet. But the floor "
                "itself, which holds for any model that hears only the past, lies above 0.15 at "
                "this delay. Steps and units move a model towards the floor and never below."
            ),
            "c": (
                "So it is. The floor counts what a causal model may know, whatever its size, and "
                "at this delay it lies above 0.15. In the record the larger model ends a little "
                "lower than the small one and far above that. What has to change is what an output "
                "hears."
            ),
        },
    ),
    Prediction(
        id="03.mask",
        question=(
            "Left out of the loss, the first 10 steps no longer count, and the training loss falls "
            "to almost nothing. Is the model mended?"
        ),
        choices={
            "a": "Yes: the loss says so.",
            "b": "Half: the later outputs are better, and the first are as they were.",
            "c": "No: over the whole window it is worse than before.",
        },
        evidence={
            "a": (
                "The loss says that the steps which it counts are well. It can't speak of those "
                "that it leaves out. On fresh sines, over the whole window, the error is larger "
                "than that of the model which was trained on all steps: nobody asks the first "
                "outputs for anything any more, so they drift."
            ),
            "b": (
                "The later outputs are fine, true. But the first are not as they were: before, "
                "the loss kept them as good as it could; now nothing does. On fresh sines, over "
                "the whole window, the error is larger than that of the model which was trained "
                "on all steps."
            ),
            "c": (
                "So it is. What a loss leaves out, it leaves to chance: the first outputs drift, "
                "and on fresh sines, over the whole window, the error is larger than without the "
                "mask. If the first outputs may be dropped, drop them, and say so. If not, the "
                "model has to hear more before it speaks."
            ),
        },
    ),
)
