"""What is still wrong with a program that was to be mended: a text for each complaint of a case.

The keys are those of the hunt's own judging, `utils.puzzles.bug_hunt.judging.MESSAGES`. A
difference of answers comes as a text, in standard deviations of the answers.
"""

SYMPTOMS = {
    "no_model": (
        "Your `build()` returns an object of type {what}, and the program's `train` and `predict` "
        "are handed a Keras model. Look at the `return` line of `build`."
    ),
    "other_data": (
        "Your `make_data` makes another {what} than the program's: the numbers themselves are not "
        "the same, whatever their order. A program that does another task well says nothing about "
        "this one. Look at what you changed there, and at whether the data were to blame at all."
    ),
    "losses": (
        "Your `train` returns {what}, and a list of losses is wanted, a finite number for each "
        "epoch. Without it nobody sees how the training went. Look at the `return` line, and at "
        "the numbers if there is one."
    ),
    "shape": (
        "Your program's answers have the shape {got}, and the targets have {wanted}. Answers and "
        "targets of different numbers can only be compared by repeating one of them. Look at where "
        "in the model an axis goes or stays, and whether the task asks for an answer at each step."
    ),
    "not_finite": (
        "After training, some of your program's answers are NaN or infinite. One such number "
        "spreads to all that is computed from it. Look for a division by something that can be 0, "
        "a logarithm, or steps that are too large."
    ),
    "poor": (
        "Trained on data that are new to it and asked about others, your program reaches {measure} "
        "{score}, and one that does the task reaches {wanted} or more. Something still stands "
        "between it and the task. Put the instrument that you trust most to your own program, not "
        "to the old one, and look at whether its finding is gone."
    ),
    "low_loss": (
        "The last loss that your program tells is {loss}. A part of these targets is chance, and "
        "whoever counts each of them can't honestly get below {floor}. So something easy is in the "
        "average that nobody asked for. Look at what the loss is a mean of."
    ),
    "model_ignored": (
        "The answers stay what they are when all weights of the trained model are set to 0. So "
        "they do not come from what was learned, and in use, where nobody knows the targets, there "
        "is no such way round. Look at where `predict` takes its answers from."
    ),
    "varies": (
        "Asked twice with the same x, your trained program gives two answers: they differ by "
        "{apart}. In use nobody would know which of them to believe. Look for something that draws "
        "a number, or that is kept, when `predict` is called."
    ),
    "state_left": (
        "Asked twice about the same x, your program gives two answers: they differ by {apart}, "
        "though it resets itself before each question. Something of the first is still there when "
        "the second comes. Look at all that your program keeps, one thing at a time, and at who "
        "empties it."
    ),
    "state_dropped": (
        "Your program's answers to a chunk stay what they are, whatever the chunk before it says. "
        "The task goes on from chunk to chunk, so what it needs has been forgotten by then. Look "
        "at what is kept at the end of a chunk, and at whether the next one begins with it."
    ),
    "streams_mixed": (
        "Change one stream, and the answers to another one move, by {apart}. Streams have nothing "
        "to do with each other. Look at what they have in common: the weights should be, and what "
        "else?"
    ),
    "batch_matters": (
        "{rows} asked alone gets another answer than the same in a larger batch: they differ by "
        "{apart}. A row should not know who is asked beside it. Look at every operation that "
        "computes along the first axis, and at which axis that is at this place."
    ),
    "order_matters": (
        "The same rows in another order get other answers: they differ by {apart}. So the rows "
        "know of each other, or of what was asked before. Look at what runs along the first axis, "
        "and at what is kept from one row to the next."
    ),
    "hears_future": (
        "Change x after step {step} only, and the answers up to step {step} move, by {apart}. In "
        "use these later steps are not there yet, and the good score will not be either. Look at "
        "each layer that mixes steps, and in which direction."
    ),
    "padding_matters": (
        "The same rows padded to {longer} steps instead of {length} get other answers: they differ "
        "by {apart}. What stands there for nothing is read as if it were something. Look at where "
        "it is said which steps count, and at how far that word gets."
    ),
    "noise_gone": (
        "The program was to drop a share of {rate}, and while yours trains nothing is dropped at "
        "anything like this rate. To take the protection out is no repair of it. Look at where "
        "the Dropout stands, and at who tells it that this is training."
    ),
    "still_found": (
        "The answers are as good as they should be. But `{instrument}` still says “{finding}” of "
        "your program: it learns the task in spite of that, and a harder one it would not. Look at "
        "what the instrument points to, not at the score."
    ),
}
HINTS = {  # complaint -> the rung of the ladder that is shown next
    "poor": "`case.run(…)` gives you the losses as well. Do they go down and stop early, or not at "
    "all? The first speaks of what the model can hear, the second of gradients and targets.",
    "varies": "Two calls of `predict`, side by side. Which layer of your model draws numbers, and "
    "who tells it to stop?",
    "batch_matters": "Take `x[:1]` and follow its shape through your model, axis by axis. Which "
    "operation gives something else when there are three rows?",
    "order_matters": "Ask `x` and `x[::-1]`, and turn the second answer round again.",
    "hears_future": "`axes(model, x, y, causal=True)` shows which output hears which step.",
    "padding_matters": "A mask is handed on from layer to layer. Which of yours lets go of it?",
    "noise_gone": "`noise(model, x, y)` on your program: does it drop, and at which rate?",
    "other_data": "Is the fault in the data at all? Compare what the task says with a row of x and "
    "of y.",
    "shape": "Print `model.output_shape` and `y.shape`. Which axis is missing, or too many?",
    "still_found": "Put the instrument to your own program and read its sentence to the end.",
}
