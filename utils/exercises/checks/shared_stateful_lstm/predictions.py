"""Lesson 05's predictions. They state no measured number: the lesson's tables and figures do."""

from utils.exercises.exercise import Prediction

PREDICTIONS = (
    Prediction(
        id="05.share",
        question=(
            "One `LSTM(stateful=True)` layer is called on three streams. What do the three calls "
            "have in common?"
        ),
        choices={
            "a": "The weights. The state belongs to each call.",
            "b": "The weights and the state.",
            "c": "Nothing: each call makes a copy of the layer.",
        },
        evidence={
            "a": (
                "That is what the question's author meant to write, and it is what most people "
                "expect. But a call has no place to keep anything. The layer has: one state for "
                "each row of its batch, in variables, like the weights. Whoever calls the layer "
                "next goes on from what stands there. Predicted in two halves, the answers change."
            ),
            "b": (
                "So it is. Weights and state are both variables of the layer, and there is one "
                "layer. Each call goes on from where the one before it has stopped, whichever "
                "stream that was. Predicted in two halves, the answers change."
            ),
            "c": (
                "Then each stream would have weights of its own, and the model three times as many "
                "parameters. `model.summary()` counts one LSTM, however often it is called. The "
                "three calls have its weights in common, and its state as well. Predicted in two "
                "halves, the answers change."
            ),
        },
    ),
    Prediction(
        id="05.first",
        question=(
            "Predict all steps at once, and then, after a reset, in two halves. In today's Keras, "
            "is there a stream whose first half comes out the same both times?"
        ),
        choices={
            "a": "No: every stream hears some other.",
            "b": "Stream 0, which is called first.",
            "c": "Stream 2, which is called last.",
            "d": "Some stream, but it may be another one in each run.",
        },
        evidence={
            "a": (
                "Nearly: in the long run every stream hears all others. But after a reset somebody "
                "has to run first, and the first one finds a clean state. In the table that is "
                "stream 2. The order is not that of your calls: a functional model walks its graph "
                "back from the output."
            ),
            "b": (
                "A good argument: whoever runs first finds a clean state. Only the order is "
                "another. The calls in your program draw a graph, and Keras walks that graph back "
                "from the output. Stream 2 is reached first. In a Python loop inside of a layer "
                "it would have been stream 0."
            ),
            "c": (
                "So it is. Whoever runs first after a reset finds a clean state, and that is the "
                "stream that is called last: the calls in your program draw a graph, and Keras "
                "walks that graph back from the output. In a Python loop inside of a layer it "
                "would have been stream 0."
            ),
            "d": (
                "In the Keras of the question, in graph mode, it was a race indeed, as you will "
                "see. Today's Keras runs the layers of a model one after the other, in the same "
                "order each time, so the leak is the same each time. In the table, stream 2 is "
                "right. It is called last, and runs first."
            ),
        },
    ),
    Prediction(
        id="05.race",
        question=(
            "In the Keras of those days, in graph mode, the first half came out equal and the "
            "second did not. What does the equal first half show?"
        ),
        choices={
            "a": "Within one call, each stream begins from a state of its own.",
            "b": "After a reset, nothing can leak until the second call.",
            "c": "Little: run it often enough, and it will differ, too.",
        },
        evidence={
            "a": (
                "That is how the asker read it, and it fits what they saw. But there is one pair "
                "of variables. Look at the column “first half equal”, and at the repeats by seed: "
                "the same program does not always begin all its streams from zeros."
            ),
            "b": (
                "The reset makes the state zero. That helps a stream only if it reads before "
                "another one writes. Look at the column “first half equal”, and at the repeats by "
                "seed: the same program does not always begin all its streams from zeros."
            ),
            "c": (
                "So it is. All streams read one pair of variables, and nothing says whether they "
                "do so before or after another one writes. Often all of them come in time. The "
                "repeats by seed show how often."
            ),
        },
    ),
    Prediction(
        id="05.loss",
        question=(
            "Two models are trained on a task like the question's: one whose streams leak into "
            "each other, and one that is mended. Does the loss tell them apart?"
        ),
        choices={
            "a": "Yes: the loss of the leaking one stays clearly higher.",
            "b": "Yes: the loss of the leaking one does not go down at all.",
            "c": "Hardly: both go down, to nearly the same value.",
        },
        evidence={
            "a": (
                "In the first table the two are hard to tell apart. A foreign state at the "
                "beginning of a chunk disturbs the first steps, and then the LSTM forgets it. The "
                "loss averages over all steps. Only where a task asks for what a stream remembers, "
                "like the sign, does the leak cost anything that one can see."
            ),
            "b": (
                "It goes down, and looks like any other. A foreign state at the beginning of a "
                "chunk disturbs the first steps, and then the LSTM forgets it; the weights learn "
                "from all the other steps. Only where a task asks for what a stream remembers, "
                "like the sign, does the leak cost anything that one can see."
            ),
            "c": (
                "So it is. A foreign state at the beginning of a chunk disturbs the first steps, "
                "and then the LSTM forgets it. The loss averages over all steps. Only where a task "
                "asks for what a stream remembers, like the sign, does the leak show. A falling "
                "loss says that something is learned, and not that the model is the one you meant."
            ),
        },
    ),
    Prediction(
        id="05.repair",
        question=(
            "All repairs are right. The streams have equal lengths, there are many of them, and "
            "speed matters, in predicting and in training. Which repair is cheapest?"
        ),
        choices={
            "a": "The cell that splits its state: one loop over time for all streams.",
            "b": "The wrapper: it calls the LSTM as it is, once for each stream.",
            "c": "The fold: the streams become rows of the batch.",
            "d": "None: all of them compute the same numbers, so they cost the same.",
        },
        evidence={
            "a": (
                "One loop over time instead of one for each stream does save something. But at "
                "each step the cell still works through its streams one by one, with a small "
                "product for each. The fold has one loop as well, and one large product in it. "
                "Compare the two rows of the table."
            ),
            "b": (
                "It calls the LSTM once for each stream, as the question's model does, so it costs "
                "about the same. What it is good for is something else: it can serve a stream that "
                "comes alone. The fold runs one loop over time, with one large product at each "
                "step. Compare the two rows of the table."
            ),
            "c": (
                "So it is. One loop over time, and at each step one large product instead of a "
                "small one for each stream. What is saved is not arithmetic. It is the cost of "
                "starting many small operations. The price: all streams must come together, and "
                "be equally long."
            ),
            "d": (
                "The same numbers, with the same multiplications. But at these sizes a "
                "multiplication costs next to nothing, and each operation costs its start. The "
                "fold starts the fewest: one loop over time, with one large product at each step. "
                "Compare the rows of the table."
            ),
        },
    ),
)
