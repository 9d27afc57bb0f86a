"""The layers import only downwards, and the NumPy rooms stay free of TensorFlow and widgets."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ["instruments", "training", "puzzles", "exercises", "explorers"]
MAY_IMPORT = {  # a room and the rooms of the project that it may know
    "instruments": {"instruments"},
    "training": {"training", "puzzles"},  # the recorder trains the puzzles' own models
    "puzzles": {"puzzles", "instruments", "training"},
    "exercises": {"exercises", "building", "puzzles", "instruments", "training"},
    "explorers": {"explorers", *LAYERS[:4]},
    "building": {"building", "exercises"},
    "environment": {"environment"},
}


def imports(path):
    """Every module that a file imports, at its top or inside its functions, as dotted names."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield stem
            yield from (f"{stem}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_downwards(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / "utils" / room).rglob("*.py")
        for name in imports(path)
        if name.startswith("utils.")
        and name.split(".")[1] in MAY_IMPORT
        and name.split(".")[1] not in MAY_IMPORT[room]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ["instruments", "training", "puzzles", "building"])
def test_a_room_below_the_explorers_knows_no_widgets(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / "utils" / room).rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] == "ipywidgets"
    ]
    assert not wrong, "\n".join(wrong)


def test_importing_the_course_loads_no_tensorflow_and_no_widgets():
    program = (
        "import sys; from utils import check, hint, predict, influence\n"
        "heavy = {'tensorflow', 'keras', 'ipywidgets'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
