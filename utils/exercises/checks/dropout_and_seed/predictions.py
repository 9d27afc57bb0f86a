"""Lesson 02's predictions. Their evidence points to what the lesson computes, and states no number.

The one exception, how often a single pair misleads, is held to the record by a test.
"""

from utils.exercises.exercise import Prediction

PREDICTIONS = (
    Prediction(
        id="02.suspect",
        question=(
            "The same model ends at 1.32 without `input_shape` and at 4.05 with it. Which of the "
            "four suspects did it?"
        ),
        choices={
            "a": "The structure: without a shape, Keras connects the layers differently.",
            "b": "The seed: the two programs drew other numbers, although the seed was the same.",
            "c": "Chance: two runs of one model can lie that far apart.",
            "d": "Dropout: it dropped in the one model and was idle in the other.",
        },
        evidence={
            "a": (
                "`multiple` in the summary looks guilty. But it is a gap in the notes: the layers, "
                "their order and the number of parameters are the same, and in today's Keras both "
                "models train to the same last bit. What a summary can't show is whether a layer "
                "is told that this is training; look at the last suspect once more."
            ),
            "b": (
                "Half of that is true: under the rule of those days the two programs did draw "
                "other numbers, as the replay with the old rule shows. But a seed chooses among "
                "the results that are possible; it does not make others possible. Whether 1.32 is "
                "possible at all with Dropout is a question about the spread of one model, and the "
                "record of many seeds answers it."
            ),
            "c": (
                "It was the accepted answer, and a good one as long as nobody knows the spread of "
                "one model. The record does: at the question's size, compare where the runs with "
                "Dropout end, and where those without. One of the two numbers is at home in each "
                "group. Chance decides where in its group a run ends, and here the groups differ."
            ),
            "d": (
                "That is where the evidence points: 4.05 is an ordinary result of the model with "
                "Dropout, 1.32 of the model without, and the look-alike shows how one and the same "
                "list of layers can drop or not. It is not proof. The installation is gone, and "
                "what was broken in it we don't know."
            ),
        },
    ),
    Prediction(
        id="02.constants",
        question=(
            "The seed is set. Then some constants are added to the graph before the first random "
            "number is drawn. They are used for nothing. Does the random number change?"
        ),
        choices={
            "a": "Never: the seed was set, so the numbers are fixed.",
            "b": "In TensorFlow 1 it did; today it does not.",
            "c": "It does, then and now: everything that is made before counts.",
        },
        evidence={
            "a": (
                "So one would hope. But one seed for a whole program has to be split among all its "
                "random operations, and TensorFlow 1 did it by the number of operations that "
                "existed already, constants among them. The slider shows the old numbers move "
                "with each constant. Today only random operations without a seed are counted."
            ),
            "b": (
                "That is what the slider shows: with the old rule put back, each constant gives "
                "another number; with today's rule the constants change nothing. It is why the "
                "first explanation fitted its day and can't be repeated now."
            ),
            "c": (
                "It was so in TensorFlow 1, as the slider shows. Today's rule counts only the "
                "random operations that have no seed of their own, so constants change nothing; "
                "another random operation still would."
            ),
        },
    ),
    Prediction(
        id="02.fooled",
        question=(
            "This model's `call(self, x)` has no argument `training`, and two calls of "
            "`model(x, training=True)` on the same rows give different outputs. Does its Dropout "
            "drop when `fit` trains it?"
        ),
        choices={
            "a": "Yes: it has just been seen to drop in training mode.",
            "b": "No: `fit` has no way to tell this model that it is training.",
            "c": "Yes, but half as often: only the outer call is told.",
        },
        evidence={
            "a": (
                "What was seen is true, and it is about another situation. Called by hand, the "
                "word `training=True` is noted by Keras for every layer inside. `fit` passes "
                "`training` only to a `call` that takes it, and this one doesn't, so in `fit` "
                "nobody says anything and Dropout stays idle. A probe has to watch `fit` itself."
            ),
            "b": (
                "So it is. `fit` passes `training=True` only to a `call` that has such an "
                "argument. Called by hand, Keras notes the word for all layers inside, and they "
                "drop. The same model, two answers: it matters who calls. A probe has to watch "
                "`fit` itself."
            ),
            "c": (
                "There is no half: a Dropout is told that this is training, or it is not. In `fit` "
                "this model's isn't, since `fit` passes `training` only to a `call` that takes it. "
                "By hand it is told. A probe has to watch `fit` itself."
            ),
        },
    ),
    Prediction(
        id="02.pair",
        question=(
            "One run with Dropout and one without, at the small setting, same seed. On average the "
            "model without Dropout ends lower in validation loss. How often does a single pair "
            "point the other way?"
        ),
        choices={
            "a": "Rarely: in about one pair of a hundred.",
            "b": "In about one pair of five.",
            "c": "In about half of all pairs.",
        },
        evidence={
            "a": (
                "A single pair feels more solid than it is. The explorer counts the recorded pairs "
                "that point the wrong way: about one in five. Two runs of the *same* model lie "
                "apart by about as much as the difference that one would like to see."
            ),
            "b": (
                "That is what the explorer counts among the recorded pairs. As odds that is not "
                "bad, and as evidence it is poor: whoever runs one pair, and writes down what it "
                "says, is wrong about one time in five."
            ),
            "c": (
                "Then the average could not differ by much, and there would be nothing to find. "
                "The explorer counts the recorded pairs that point the wrong way: about one in "
                "five. There is a signal, and one pair is too few to trust it."
            ),
        },
    ),
)
