"""Small faults put into the reference answers: the share that each judge catches, and the rest."""

import ast
import copy

import pytest

from utils.building import lessons, reference_answers
from utils.building.answers import reference_imports
from utils.exercises import registry

FLOOR = 0.9  # of the mutants that change what the answer does
SURVIVORS = {  # exercise: {mutant: why it is right to let it pass}
}
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
    """{description: source} of every single fault that the rules below put into a function."""
    tree, found = ast.parse(source), {}
    for number, node in enumerate(ast.walk(tree)):
        for count, (text, change) in enumerate(faults(node, tree)):
            changed = copy.deepcopy(tree)
            twin = next(one for place, one in enumerate(ast.walk(changed)) if place == number)
            if change(twin) is not False:
                line = getattr(node, "lineno", 0)
                mutant = ast.unparse(ast.fix_missing_locations(changed))
                found.setdefault(mutant, f"line {line}: {text} ({number}.{count})")
    found.pop(ast.unparse(tree), None)
    same = compiled(source)
    return {text: mutant for mutant, text in found.items() if compiled(mutant) != same}


def compiled(source):
    """A function's bytecode without its line numbers, to recognise equal programs."""

    def parts(code):
        inner = [parts(one) if hasattr(one, "co_code") else repr(one) for one in code.co_consts]
        return code.co_code, code.co_names, code.co_varnames, inner

    return parts(compile(source, "<mutant>", "exec"))


def faults(node, tree):
    """(what is changed, how) for each fault that one node of the tree can have."""
    if isinstance(node, ast.Constant):
        yield from _in_constant(node)
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        for other in OPERATORS.get(type(node.op), ()):
            name = f"{type(node.op).__name__} → {other.__name__}"
            yield name, lambda twin, other=other: setattr(twin, "op", other())
        if isinstance(node, ast.BinOp):
            yield "sides swapped", lambda twin: _swap(twin, "left", "right")
    elif isinstance(node, ast.Compare):
        for other in OPERATORS.get(type(node.ops[0]), ()):
            name = f"{type(node.ops[0]).__name__} → {other.__name__}"
            yield name, lambda twin, other=other: twin.ops.__setitem__(0, other())
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        yield "condition negated", _negate
    elif isinstance(node, ast.comprehension):
        for place in range(len(node.ifs)):
            yield "filter dropped", lambda twin, place=place: twin.ifs.pop(place)
    elif isinstance(node, ast.Slice):
        for name in ("lower", "upper", "step"):
            if getattr(node, name) is not None:
                yield f"slice without {name}", lambda twin, name=name: setattr(twin, name, None)
    elif isinstance(node, ast.Call):
        yield from _in_call(node)
    elif isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Load):
        for place in range(len(node.elts) - 1):
            yield f"elements {place} swapped", lambda twin, place=place: _swap_in(twin.elts, place)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for other in sorted(_locals(tree) - {node.id}) if node.id in _locals(tree) else ():
            yield f"{node.id} → {other}", lambda twin, other=other: setattr(twin, "id", other)
    elif isinstance(node, ast.Attribute) and node.attr in TWINS:
        yield f"{node.attr} → its twin", lambda twin: setattr(twin, "attr", TWINS[twin.attr])
    body = getattr(node, "body", None)
    if isinstance(body, list) and not isinstance(node, ast.Module):
        yield from _in_body(body)


def _in_constant(node):
    if isinstance(node.value, bool):
        yield "truth negated", lambda twin: setattr(twin, "value", not twin.value)
    elif isinstance(node.value, int | float):
        for step in (1, -1):
            yield (
                f"{node.value} {step:+}",
                lambda twin, step=step: setattr(twin, "value", twin.value + step),
            )
    elif node.value is None:
        yield "None → 0", lambda twin: setattr(twin, "value", 0)


def _in_call(node):
    for place in range(len(node.args) - 1):
        yield f"arguments {place} swapped", lambda twin, place=place: _swap_in(twin.args, place)
    for place in range(len(node.args)):
        yield f"argument {place} dropped", lambda twin, place=place: twin.args.pop(place)
    for place, keyword in enumerate(node.keywords):
        name = f"keyword {keyword.arg} dropped"
        yield name, lambda twin, place=place: twin.keywords.pop(place)
    if isinstance(node.func, ast.Name) and node.func.id in TWINS:
        name = f"{node.func.id} → {TWINS[node.func.id]}"
        yield name, lambda twin: setattr(twin.func, "id", TWINS[twin.func.id])
    if len(node.args) == 1 and isinstance(node.func, ast.Name):
        yield "call dropped", lambda twin: _become(twin, twin.args[0])


def _in_body(body):
    for place, statement in enumerate(body):
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue  # a docstring
        text = f"dropped `{ast.unparse(statement).splitlines()[0][:50]}`"
        yield text, lambda twin, place=place: twin.body.__setitem__(place, ast.Pass())


def _locals(tree):
    arguments = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    stored = {
        n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    return arguments | stored


def _swap(twin, one, other):
    a, b = getattr(twin, one), getattr(twin, other)
    setattr(twin, one, b)
    setattr(twin, other, a)


def _swap_in(parts, place):
    parts[place], parts[place + 1] = parts[place + 1], parts[place]


def _negate(twin):
    twin.test = ast.UnaryOp(ast.Not(), twin.test)


def _become(twin, other):
    twin.__class__ = type(other)
    twin.__dict__.clear()
    twin.__dict__.update(vars(other))


def references():
    """(exercise, imports, source) of each exercise's reference answer."""
    for lesson in lessons():
        for name, source in reference_answers(lesson).items():
            yield pytest.param(name, lesson, source, id=name)


@pytest.mark.parametrize(("exercise_id", "lesson", "source"), references())
def test_the_judge_catches_nearly_all_faults(exercise_id, lesson, source, load, judge_all, report):
    exercise = registry.exercises()[exercise_id]
    imports, name = reference_imports(lesson), ast.parse(source).body[-1].name
    every = mutants(source)
    answers = [load(needed(imports, mutant) + mutant)[name] for mutant in every.values()]
    rulings = judge_all(exercise, answers)
    survived = [
        text
        for text, ruling in zip(every, rulings, strict=True)
        if ruling.verdict is not None and ruling.verdict.outcome == "right"
    ]
    faulty = [text for text, ruling in zip(every, rulings, strict=True) if ruling.fault]
    known = SURVIVORS.get(exercise_id, {})
    caught = len(every) - len(survived)
    lines = [f"{caught} of {len(every)} caught ({caught / len(every):.0%})"]
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
