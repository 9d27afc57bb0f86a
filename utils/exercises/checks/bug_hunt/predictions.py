"""Lesson 06's predictions. They state no measured number: the lesson's cells do."""

from utils.exercises.exercise import Prediction

PREDICTIONS = (
    Prediction(
        id="06.first",
        question=(
            "The first case smooths recorded series: the target at each step is the mean of the "
            "step before and the step after. There is no error, and the score stays poor. Which "
            "instrument do you take first?"
        ),
        choices={
            "a": "`gradients`: perhaps a part of the network is not trained.",
            "b": "`axes`: who hears whom?",
            "c": "`noise`: perhaps something random spoils the answers.",
            "d": "`shapes`: perhaps answers and targets do not fit.",
        },
        evidence={
            "a": (
                "A good question where a loss gets stuck, and its answer is worth having: here "
                "every part gets its gradient, and none is wrong. What the task does name is two "
                "steps that each answer has to hear. Whether it hears them, `axes` says, before "
                "anything is trained."
            ),
            "b": (
                "So it is. The task names what each answer has to hear: the step before and the "
                "step after. Poke every step and see which answers move: no training is needed for "
                "that, and the map shows at a glance what no score tells."
            ),
            "c": (
                "Quickly asked, and then it is out of the way: nothing is drawn in this program. "
                "What the task does name is two steps that each answer has to hear. Whether it "
                "hears them, `axes` says, before anything is trained."
            ),
            "d": (
                "It is the commonest fault of all, so the question is never wasted. Here an answer "
                "meets a target at every step. What the task does name is two steps that each "
                "answer has to hear. Whether it hears them, `axes` says, before anything is "
                "trained."
            ),
        },
    ),
    Prediction(
        id="06.decoy",
        question=(
            "A program for classifying sequences holds a BatchNormalization, a Bidirectional LSTM, "
            "an Embedding with `trainable=False` and a stateful LSTM that is reset before each "
            "sequence. Its answers are wrong. Which of the four is the fault?"
        ),
        choices={
            "a": "BatchNormalization: it mixes the rows of a batch.",
            "b": "Bidirectional: it hears the future.",
            "c": "The Embedding: it gets no gradient.",
            "d": "The stateful LSTM: it hears what came before.",
            "e": "As far as one can tell from this, none of them.",
        },
        evidence={
            "a": (
                "It does so in fit, which is what it is for. In predict it uses the averages that "
                "it has kept, and each row answers alone, as `axes` says. It becomes a fault where "
                "somebody calls it with `training=True` in use. That would have to be looked for."
            ),
            "b": (
                "It hears all of the sequence, and to classify a sequence that is what one wants. "
                "It becomes a fault where an answer is asked for something that comes later and "
                "won't be there in use. That is a question of the task, not of the layer."
            ),
            "c": (
                "It is frozen, and says so: `trainable=False` stands in the program. What is meant "
                "to stay gets no gradient. It becomes a fault where a part should learn and does "
                "not, and nobody has written that down."
            ),
            "d": (
                "It is reset before each sequence, so no sequence hears another one. Ask twice, "
                "with a reset in between, and the answers are equal: that is what `memory` tries. "
                "A state is a fault where nobody empties it, or where two streams share it."
            ),
            "e": (
                "So it is. Each of the four looks like one of the faults of this course, and each "
                "is used here as it is meant. What looks suspicious is a place to put an "
                "instrument. What the instrument says is the evidence."
            ),
        },
    ),
    Prediction(
        id="06.two",
        question=(
            "A program has two faults, and you have mended one of them, rightly. What does the "
            "score on new data do?"
        ),
        choices={
            "a": "It gets better: half of the trouble is gone.",
            "b": "It may stay, get better, or even get worse.",
            "c": "It stays: only both repairs together help.",
        },
        evidence={
            "a": (
                "Often it does. But two faults need not add up. If one of them keeps the model "
                "from learning at all, nothing that you mend elsewhere can show in the score; and "
                "a score that was too good, because an answer stood in the input, gets worse when "
                "that is mended. So ask the instrument that found the fault, not the score."
            ),
            "b": (
                "So it is. If the other fault keeps the model from learning at all, no score "
                "moves. If the mended one made the score too good, because an answer stood in the "
                "input, it gets worse. Whether a repair is right is asked of the instrument that "
                "found the fault. The score comes last."
            ),
            "c": (
                "That happens, where the other fault keeps the model from learning at all. But "
                "many pairs of faults each cost their own share, and then a half repair does show. "
                "As one can't know which pair it is, ask the instrument that found the fault, and "
                "look at the score last."
            ),
        },
    ),
)
