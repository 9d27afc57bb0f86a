"""Small faults put into the reference answers: the share that each judge catches, and the rest."""

import ast
import copy
import itertools
from collections import Counter
from contextlib import suppress
from functools import partial

import pytest

from utils.building import lessons, reference_answers
from utils.building.answers import answer_name, reference_imports
from utils.exercises import registry

_NO_ORDER = "equality has no order"
_NO_ORDER_OF_AXES = "what is asked over several axes has no order"
_MAY_PRINT = "an answer may print"
_NO_CHAIN = "without a chain `call` runs the layers, to the same numbers"
_BOTH_ZEROS = "h and c are both zeros there"
FLOOR = 0.9  # of the mutants that change what the answer does
SURVIVORS = {  # exercise: {what the mutant reads: why it is right to let it pass}
    "01.poke": {
        "poked[i] = 1 + poked[i]": "changes the input too, which is all that a poke is",
        "poked[i] = poked[i] - 1": "changes the input too, which is all that a poke is",
        "change = np.abs(model(stream) - model(poked))": "a distance has no direction",
        "poked[i] = 1 - stream[i]": "the copy still equals the stream there",
    },
    "01.time_major": {
        "y = model(np.swapaxes(x, 1, 0))": "an exchange of two axes has no order",
        "return np.swapaxes(y, 1, 0)": "an exchange of two axes has no order",
    },
    "02.weights": {
        "return len(ours) == len(theirs) and all(map(np.array_equal, theirs, ours))": _NO_ORDER,
        "ours, theirs = (b.get_weights(), a.get_weights())": _NO_ORDER,
    },
    "02.conclude": {
        "d = np.asarray(a) - np.asarray(b, float)": "the losses come as arrays of floats",
        "d = np.asarray(a, float) - np.asarray(b)": "the losses come as arrays of floats",
        "flips = 1 - 2 * (1 & np.arange(2 ** n)[:, None] >> np.arange(n))": "the same bits",
        "flips = 1 - 2 * (np.arange(3 ** n)[:, None] >> np.arange(n) & 1)": (
            "every choice of signs, several times"
        ),
        "flips = 1 - 2 // (np.arange(2 ** n)[:, None] >> np.arange(n) & 1)": (
            "NumPy's 2 // 0 is 0, so the signs are the same"
        ),
        "flips = 2 * (np.arange(2 ** n)[:, None] >> np.arange(n) & 1) - 1": (
            "the same choices of signs in another order"
        ),
        "if not p < 0.05:": "no p is .05: all are whole numbers divided by a power of 2",
        "return 'a' if d.mean() < 0 else 'b'": "a mean has the sign of its sum",
        "return 'a' if d.sum() <= 0 else 'b'": "where the sum is 0, p is 1",
    },
    "02.probe": {
        "fitted = model.fit(x, x, batch_size=len(x), epochs=2, shuffle=False, verbose=0)": (
            "the noise is the model's, whatever the target"
        ),
        "fitted = model.fit(x, y, batch_size=len(x), epochs=2, shuffle=False)": _MAY_PRINT,
        "fitted = model.fit(x, y, batch_size=len(x), epochs=2, shuffle=False, verbose=-1)": (
            _MAY_PRINT
        ),
        "fitted = model.fit(x, y, batch_size=len(x), epochs=2, shuffle=False, verbose=1)": (
            _MAY_PRINT
        ),
        "fitted = model.fit(x, y, batch_size=len(x), epochs=2, shuffle=True, verbose=0)": (
            "one batch has the same rows in any order"
        ),
        "fitted = model.fit(x, y, batch_size=len(x), epochs=2, verbose=0)": (
            "one batch has the same rows in any order"
        ),
        "fitted = model.fit(x, y, batch_size=len(y), epochs=2, shuffle=False, verbose=0)": (
            "x and y have equally many rows"
        ),
        "fitted = model.fit(x, y, epochs=2, shuffle=False, verbose=0)": (
            "unshuffled, the small batches are the same in both epochs"
        ),
        "return abs(first - second) > 1e-05 * (lambda it: it)(first)": "a mean square is positive",
        "return abs(first - second) > 1e-05 * abs(second)": "a share of either loss",
        "return abs(first - second) > 1e-05 // abs(first)": (
            "a tolerance of 0, and the losses of a quiet model are equal to the last bit"
        ),
        "return abs(first - second) >= 1e-05 * abs(first)": "they never differ by just that much",
        "return abs(second - first) > 1e-05 * abs(first)": "a distance has no direction",
    },
    "02.look_alike": {
        "self.steps, self.chain = ((lambda it: it)(layers), None)": (
            "a copy helps only against callers that change their list later"
        ),
        "inputs.chain = keras.Model(inputs, x)": _NO_CHAIN,
        "x.chain = keras.Model(inputs, x)": _NO_CHAIN,
        "pass instead of self.chain = keras.Model(inputs, x)": _NO_CHAIN,
        "pass instead of return self.chain(x)": _NO_CHAIN,
        "pass instead of if self.chain is not None:": _NO_CHAIN,
        "pass instead of if input_shape is not None:": _NO_CHAIN,
        "pass instead of layer.build(shape)": "a layer that is called builds itself",
        "pass instead of if not layer.built:": "a layer that is called builds itself",
        "def call(self, x, training=0):": "0 is as good as None: Keras tells `training` anyway",
    },
    "03.reach": {
        "can = [(lambda it: it)(t >= delay and moved[t - delay, t]) for t in range(timesteps)]": (
            "a truth value need not be made one"
        ),
    },
    "03.warm_up": {
        "return keras.Sequential([keras.Input([delay + timesteps, 1]), keras.layers.LSTM(delay, "
        "return_sequences=True), keras.layers.Cropping1D((delay, 0)), keras.layers.Dense(1)])": (
            "how large a memory is, nobody asks"
        ),
        "return keras.Sequential([keras.Input([delay + timesteps, 1]), "
        "keras.layers.LSTM(timesteps, return_sequences=True), "
        "keras.layers.Cropping1D((delay, 0)), keras.layers.Dense(1)])": (
            "how large a memory is, nobody asks"
        ),
        "return keras.Sequential([keras.Input([delay + timesteps, 1]), keras.layers.LSTM(units, "
        "return_sequences=True), keras.layers.Dense(1), keras.layers.Cropping1D((delay, 0))])": (
            "a readout at each step may come before the cut or after it"
        ),
    },
    "03.by_step": {
        "errors = targets - np.reshape(outputs, targets.shape)": "a square has no sign",
    },
    "04.check_grad": {
        **{
            f"{side} = loss(forward(inputs, {h}, {c}, p)[0], targets)": _BOTH_ZEROS
            for side in ("above", "below")
            for h, c in ("cc", "ch", "hh")
        },
        **{
            f"outputs, _, _, caches = forward(inputs, {h}, {c}, p)": _BOTH_ZEROS
            for h, c in ("cc", "ch", "hh")
        },
        **{
            f"{side} = loss(targets, forward(inputs, h, c, p)[0])": "a square has no sign"
            for side in ("above", "below")
        },
        "for name in grads:": "the gradients have the names and shapes of p",
        "for i in np.ndindex(grads[name].shape):": "the gradients have the names and shapes of p",
        **{
            f"if not abs(a - n) <= tolerance * (abs({one}) + abs({other})):": (
                "the same to a factor of 2, where the two are as good as equal"
            )
            for one, other in ("aa", "nn")
        },
        **{
            f"if not abs(a - n) <= tolerance * {size}:": (
                "allows an error of some thousandth of a percent of something else as well"
            )
            for other in ("above", "below", "delta", "kept", "tolerance")
            for size in (f"(abs(a) + abs({other}))", f"(abs({other}) + abs(n))")
        },
        "if not abs(a - n) <= delta * (abs(a) + abs(n)):": "1e-4 will do for 1e-5",
        "delta, tolerance = (1e-05, 0.0001)": "the two have room to spare",
        "if not abs(n - a) <= tolerance * (abs(a) + abs(n)):": "a distance has no direction",
        "n, a = (grads[name][i], (above - below) / (2 * delta))": "a distance has no direction",
    },
    "04.find_fault": {
        **{
            "wrong = {T: {block for block in row if row[block] >= "
            f"{threshold}}} for T, row in table.items()}}": "no error is exactly that"
            for threshold in ("1e-06", "1e-08")
        },
    },
    "04.companion": {
        **{
            f"signal = np.random.default_rng({seed}).permutation({n})": (
                "any row of 20 numbers or more that are all different"
            )
            for seed, n in (("", 50), (0, 49), (0, 51), (1, 50))
        },
        **{
            f"follows = dict(zip(signal[:-1], signal[1:]{strict}))": "the two are equally long"
            for strict in ("", ", strict=False")
        },
        **{
            "return len(inputs) == len(targets) and all((follows.get(i) == t for i, t in "
            f"zip(inputs, targets{strict})))": "the lengths have been compared before"
            for strict in ("", ", strict=False")
        },
    },
    "05.probe": {
        "return np.stack([model(first), model(first)])": (
            "a poke of the second chunk as well moves what one of the first has moved already"
        ),
        "heard.append((two_chunks(poked) != calm).any(axis=(0, 1, 4, 3)))": _NO_ORDER_OF_AXES,
        "heard.append((two_chunks(poked) != calm).any(axis=(0, 3, 1, 4)))": _NO_ORDER_OF_AXES,
        "heard.append((two_chunks(poked) != calm).any(axis=(1, 0, 3, 4)))": _NO_ORDER_OF_AXES,
        "poked[:, j] += 2": "changes the input too, which is all that a poke is",
    },
}
MANY = 150  # mutants of any answer that are tried
MOST = 14  # of an answer whose judge trains models, which takes about a second each
FEW = 6  # of an answer that is trained itself, on several seeds
SYMMETRIC = {"max", "min", "maximum", "minimum"}
OPERATORS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.FloorDiv, ast.Add],
    ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Mult, ast.Mod],
    ast.Mod: [ast.FloorDiv],
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}
TWINS = {
    **{"max": "min", "min": "max", "any": "all", "all": "any", "argmax": "argmin"},
    **{"mean": "sum", "sum": "mean", "zeros": "ones", "ones": "zeros", "maximum": "minimum"},
    **{"append": "extend", "union": "intersection", "vstack": "hstack", "hstack": "vstack"},
}


def mutants(source):
    """{the lines that differ: source} of each single fault that the rules below put in."""
    tree, found = ast.parse(source), set()
    for place, node in enumerate(ast.walk(tree)):
        for fault in faults(node, tree):
            changed = copy.deepcopy(tree)
            fault(next(itertools.islice(ast.walk(changed), place, None)))
            found.add(ast.unparse(ast.fix_missing_locations(changed)))
    original, named = ast.unparse(tree).splitlines(), {}
    for mutant in sorted(found):
        if compiled(mutant) != compiled(source):
            named[_difference(original, mutant.splitlines())] = mutant
    return named


def _difference(original, lines):
    """The lines that a mutant has instead of others; where it only leaves one out, which one."""
    differing = [line.strip() for line in lines if line not in original]
    if differing and set(differing) != {"pass"}:
        return " / ".join(differing)
    counts = Counter(original) - Counter(lines)
    missing = next((line.strip() for line in original if counts[line]), "")
    return f"pass instead of {missing}" if differing else f"without {missing}"


def compiled(source):
    """A function's bytecode without its line numbers, to recognise equal programs."""

    def parts(code):
        inner = [parts(one) if hasattr(one, "co_code") else repr(one) for one in code.co_consts]
        return code.co_code, code.co_names, code.co_varnames, inner

    return parts(compile(source, "<mutant>", "exec"))


def faults(node, tree):
    """The faults that one node of the tree can have: functions that change a copy of the node."""
    if isinstance(node, ast.Constant):
        yield from _in_constant(node)
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        yield from (partial(_set, "op", other()) for other in OPERATORS.get(type(node.op), ()))
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Add | ast.Mult):
            yield lambda twin: (_set("left", node.right, twin), _set("right", node.left, twin))
    elif isinstance(node, ast.Compare):
        others = OPERATORS.get(type(node.ops[0]), ())
        yield from (partial(_set, "ops", [other(), *node.ops[1:]]) for other in others)
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        yield partial(_set, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.comprehension):
        yield from (partial(_drop, "ifs", place) for place in range(len(node.ifs)))
    elif isinstance(node, ast.Slice):
        present = (name for name in ("lower", "upper", "step") if getattr(node, name))
        yield from (partial(_set, name, None) for name in present)
    elif isinstance(node, ast.Call):
        yield from _in_call(node)
    elif isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Load):
        yield from (partial(_swap, "elts", place) for place in range(len(node.elts) - 1))
    elif isinstance(node, ast.Name) and node.id in _locals(tree):
        if isinstance(node.ctx, ast.Load):
            yield from (partial(_set, "id", other) for other in _locals(tree) - {node.id})
    elif isinstance(node, ast.Attribute) and node.attr in TWINS:
        yield partial(_set, "attr", TWINS[node.attr])
    if isinstance(node, ast.FunctionDef | ast.If | ast.For | ast.While):
        first = isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None
        yield from (partial(_pass, place) for place in range(first, len(node.body)))


def _in_constant(node):
    if isinstance(node.value, bool):
        yield partial(_set, "value", not node.value)
    elif isinstance(node.value, int | float):
        yield from (partial(_set, "value", node.value + step) for step in (1, -1))
    elif node.value is None:
        yield partial(_set, "value", 0)


def _in_call(node):
    function = node.func.id if isinstance(node.func, ast.Name) else None
    if function not in SYMMETRIC:
        yield from (partial(_swap, "args", place) for place in range(len(node.args) - 1))
    yield from (partial(_drop, "args", place) for place in range(len(node.args)))
    yield from (partial(_drop, "keywords", place) for place in range(len(node.keywords)))
    if function in TWINS:
        yield partial(_set, "func", ast.Name(TWINS[function], ast.Load()))
    if function and len(node.args) == 1:
        yield partial(_set, "func", ast.parse("lambda it: it", mode="eval").body)


def _locals(tree):
    nodes = list(ast.walk(tree))
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    names = [node for node in nodes if isinstance(node, ast.Name)]
    return arguments | {node.id for node in names if isinstance(node.ctx, ast.Store)}


def _set(name, value, twin):
    setattr(twin, name, copy.deepcopy(value))


def _drop(name, place, twin):
    getattr(twin, name).pop(place)


def _swap(name, place, twin):
    parts = getattr(twin, name)
    parts[place], parts[place + 1] = parts[place + 1], parts[place]


def _pass(place, twin):
    twin.body[place] = ast.Pass()


REFERENCES = [
    pytest.param(exercise_id, lesson, source, id=exercise_id)
    for lesson in lessons()
    for exercise_id, source in reference_answers(lesson).items()
]


@pytest.mark.parametrize(("exercise_id", "lesson", "source"), REFERENCES)
def test_the_judge_catches_nearly_all_faults(
    exercise_id, lesson, source, load, judge_all, report, pytestconfig
):
    exercise = registry.exercises()[exercise_id]
    imports, name = reference_imports(lesson), answer_name(source)
    every, made = mutants(source), ""
    tried = FEW if exercise.seconds > 60 else MOST if exercise.tensorflow else MANY
    if len(every) > tried and not pytestconfig.getoption("every_mutant"):
        made = f", evenly out of {len(every)}; --every-mutant tries them all"
        step = len(every) / tried
        every = dict(list(every.items())[round(step * k)] for k in range(tried))
    answers = {}
    for text, mutant in every.items():
        with suppress(Exception):  # an answer that cannot even be made is caught by its author
            answers[text] = load(needed(imports, mutant) + mutant)[name]
    rulings = judge_all(exercise, answers.values())
    survived = [
        text
        for text, ruling in zip(answers, rulings, strict=True)
        if ruling.verdict is not None and ruling.verdict.outcome == "right"
    ]
    faulty = [text for text, ruling in zip(answers, rulings, strict=True) if ruling.fault]
    known = SURVIVORS.get(exercise_id, {})
    caught = len(every) - len(survived)
    lines = [f"{caught} of {len(every)} caught ({caught / len(every):.0%}){made}"]
    lines += [f"survived {text}: {known.get(text, 'UNEXPLAINED')}" for text in survived]
    report(f"mutants of {exercise_id}", lines)
    assert not faulty, f"the judge itself broke on {faulty}"
    assert caught / (len(every) - len(set(survived) & set(known))) >= FLOOR, "\n".join(lines)


def needed(imports, source):
    """The imports that a mutant uses; the others would load TensorFlow for nothing."""
    used = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    lines = [
        ast.unparse(node)
        for node in ast.parse(imports).body
        if any((alias.asname or alias.name).split(".")[0] in used for alias in node.names)
    ]
    return "\n".join(lines) + "\n"
