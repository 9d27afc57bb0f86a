"""The runner sees what goes wrong, and says it in the lesson's own lines."""

import json
import re
from dataclasses import replace

import pytest

from utils.building import lessons
from utils.building.cells import read_cells
from utils.building.judging_runs import faults, outcomes, secrets_of
from utils.building.running import time_table
from utils.exercises.exercise import Exercise, right

EXERCISE = """\
# %% exercise="07.mean"
def mean(values):
    #@answer
    total = sum(values)
    return total / len(values)
    #@stub
    # return ...
    #@end


"""


def line_of(lesson, text):
    lines = lesson.path.read_text(encoding="utf-8").split("\n")
    (number,) = [number for number, line in enumerate(lines, start=1) if text in line]
    return number


@pytest.mark.parametrize("edition", ["learner", "solution"])
def test_a_cell_broken_on_purpose_is_named_with_lesson_line_and_error(
    lesson_of, run_edition, edition
):
    """A copy of a real lesson, broken behind its exercise, where the editions' lines differ."""
    real = lessons()[0]
    text = real.path.read_text(encoding="utf-8")
    last = [cell for cell in read_cells(text) if cell.kind == "code"][-1]
    lines = text.split("\n")
    lines.insert(last.line, "undefined_on_purpose + 1")
    lesson = lesson_of("\n".join(lines), stem=real.stem, header="")
    ran = run_edition(lesson, edition)
    error = "NameError: name 'undefined_on_purpose' is not defined"
    (report,) = faults(ran)
    folder = {"learner": "notebooks", "solution": "solutions"}[edition]
    first, second, *_ = report.split("\n")
    assert first == f"lessons/{real.stem}.py:{last.line + 1}: {error}"
    assert second.endswith(f" of {folder}/{real.stem}.ipynb)")
    assert f"→ {last.line + 1:4d} undefined_on_purpose + 1" in report
    assert "Traceback" in report


def test_an_error_inside_a_function_names_both_places(lesson_of, run_edition):
    body = f"{EXERCISE}# %%\n# a comment\nmean([])\n"
    lesson = lesson_of(body)
    report = run_edition(lesson).failure
    called = line_of(lesson, "mean([])")
    assert report.startswith(f"lessons/07_for_a_test.py:{called}: ZeroDivisionError: ")
    assert f"lessons/07_for_a_test.py:{line_of(lesson, 'return total')}, in mean(values)" in report
    assert "Cell In[" not in report


def test_a_cell_that_never_ends_is_stopped_and_named(lesson_of, run_edition):
    lesson = lesson_of("# %%\nx = 1\n\n# %%\nwhile True:\n    pass\n")
    report = run_edition(lesson, cell_seconds=2).failure
    assert report.startswith(f"lessons/07_for_a_test.py:{line_of(lesson, 'while')}: CellTimeoutErr")


def test_a_kernel_that_dies_is_named(lesson_of, run_edition):
    lesson = lesson_of("# %%\nx = 1\n\n# %%\nimport os\nos._exit(3)\n")
    report = run_edition(lesson).failure
    assert report.startswith(f"lessons/07_for_a_test.py:{line_of(lesson, 'import os')}: DeadKernel")


FAULTY = f"""\
{EXERCISE}# %%
import os, socket, subprocess, sys, time
from IPython.display import display
def tell(outcome, exercise="07.mean"):
    told = {{"exercise": exercise, "outcome": outcome, "message": ""}}
    display({{"text/plain": "told"}}, raw=True, metadata={{"course": told}})

# %% tags=["raises-exception"] raises="ValueError: as declared"
raise ValueError("this is as declared")

# %% tags=["raises-exception"] raises="ValueError: as declared"
raise ValueError("something else")

# %% tags=["raises-exception"] raises="ValueError: as declared"
promised_to_raise = 1

# %%
def carried():
    return os.fstat(sys.stderr.fileno()).st_size
before = carried()
os.write(2, b"I0000 a line of red\\n")
while carried() == before:  # ipykernel's watcher carries it on to the cell and to the terminal
    time.sleep(0.01)

# %%
display({{"image/png": "iVBORw0KGgo=", "text/plain": "bare"}}, raw=True)

# %%
display({{"image/png": "iVBORw0KGgo=", "text/html": "<img src='x' alt='told'>"}}, raw=True)

# %%
display({{"text/html": "<img src='no words'>"}}, raw=True)

# %%
import tensorflow

# %%
try:
    socket.create_connection(("192.0.2.1", 80), timeout=1)
except OSError:
    by_address = True

# %%
try:
    socket.getaddrinfo("example.org", 80)
except OSError:
    by_name = True

# %%
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    udp.sendto(b"x", ("198.51.100.1", 9))
except OSError:
    by_datagram = True
udp.close()

# %%
child = "import socket; socket.socket().connect(('203.0.113.1', 80))"
run = subprocess.run([sys.executable, "-c", child], capture_output=True)

# %%
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname()).close()
socket.create_connection(("localhost", server.getsockname()[1])).close()
server.close()

# %%
print("total =" + " sum(values)")

# %%
display({{"text/html": "9 times: The" + " mean &amp; the<b> rest, </b>explained"}}, raw=True)

# %%
tell("not_yet")
"""


@pytest.fixture
def faulty(lesson_of):
    lesson = lesson_of(FAULTY)
    # Whatever is found first under this name counts; the real one would cost seconds.
    (lesson.notebook.parent / "tensorflow.py").write_text("")
    return lesson


def told(ran, secrets=()):
    """The faults of a run as {line: text}."""
    found = [
        re.fullmatch(r"lessons/07_for_a_test\.py:(\d+): (.*)", each)
        for each in faults(ran, secrets)
    ]
    return {(int(each[1]), each[2]) for each in found}


def test_each_fault_of_an_untouched_notebook_is_told_at_its_cell(faulty, run_edition):
    exercise = Exercise(
        id="07.mean",
        task="Hand in mean.",
        judge=lambda answer: right(),
        messages={},
        hints=("Look at the last {value} and count.",) * 3,
        hints_for={},
        explanation="{count} times: The mean & the rest, explained",
    )
    ran = run_edition(faulty, "learner")
    assert not ran.failure
    found = told(ran, secrets_of([exercise]))

    def at(text):
        return line_of(faulty, text) - 1  # the line of the cell's `# %%`

    wanted = {
        (at('raise ValueError("something'), "but raises 'ValueError: something else'"),
        (at("promised_to_raise"), "but it does not"),
        (at("def carried"), "writes to stderr: 'I0000 a line of red'"),
        (at('"text/plain": "bare"'), "picture without alternative text"),
        (at("no words"), "picture without alternative text"),
        (at("import tensorflow"), "tensorflow is imported, but the header says"),
        (at('"192.0.2.1"') - 1, "a connection to 192.0.2.1:80 was tried"),
        (at("example.org") - 1, "a connection to example.org:80 was tried"),
        (at("udp = "), "a connection to 198.51.100.1:9 was tried"),
        (at("child = "), "a connection to 203.0.113.1:80 was tried"),
        (at('print("total'), "gives away: 'total = sum(values)'"),
        (at(" mean &amp;"), "gives away: ' times: The mean & the rest, explained'"),
        (at('tell("not_yet")'), "check('07.mean') says not_yet of the untouched exercise"),
    }
    for line, words in wanted:
        matching = [pair for pair in found if pair[0] == line and words in pair[1]]
        assert len(matching) == 1, (line, words, found)
        found -= set(matching)
    assert {text for _, text in found} <= {
        "the kernel writes to its terminal: 'I0000 a line of red'."
    }, found


def test_a_run_without_a_verdict_is_a_fault(lesson_of, run_edition):
    lesson = lesson_of(EXERCISE)
    ran = run_edition(lesson)
    assert told(ran) == {(line_of(lesson, "exercise="), "no check told the outcome of 07.mean.")}
    assert outcomes(ran) == []


def test_a_kernel_keeps_its_state_in_the_folder_it_was_given(lesson_of, run_edition, tmp_path):
    body = (
        "# %%\nimport json, os, utils\n"
        'names = ["COURSE_PROGRESS", "IPYTHONDIR", "COURSE_GUARD"]\n'
        "print(json.dumps([[os.environ[name] for name in names], os.getcwd()]))\n"
    )
    lesson = lesson_of(body)
    ran = run_edition(lesson)
    assert faults(ran) == []
    state, folder = json.loads(ran.cells[0].outputs[0].text)
    assert all(path.startswith(str(tmp_path / "kernel-07")) for path in state)
    assert folder == str(lesson.notebook.parent)


def test_the_time_table_names_the_slowest_cells(lesson_of, run_edition):
    lesson = lesson_of("# %%\nx = 1\n\n# %%\nimport time\ntime.sleep(0.3)\n")
    ran = run_edition(lesson)
    first, second = ran.cells
    assert second.seconds >= 0.3
    ran = replace(ran, cells=(replace(first, seconds=0.2), second))
    table = time_table([ran], slowest=1)
    (row,) = [row for row in table if row.startswith("solutions/07_for_a_test.ipynb")]
    assert row.split()[2:] == ["2", f"{ran.resident / 2**20:.0f}"]
    assert f"lessons/07_for_a_test.py:{line_of(lesson, 'import time') - 1}" in table[-1]


def test_what_a_kernel_holds_is_measured_after_each_cell(lesson_of, run_edition):
    """Its own memory: that of a process which it has started is not counted."""
    holds = "held = bytearray(b'x') * (64 * 2**20)"
    child = f"import time; {holds}; print('now', flush=True); time.sleep(600)"
    lesson = lesson_of(
        f"# %%\nx = 1\n\n# %%\n{holds}\n\n# %%\nimport subprocess, sys\n"
        f'command = [sys.executable, "-c", {child!r}]\n'
        "child = subprocess.Popen(command, stdout=subprocess.PIPE)\nchild.stdout.readline()\n"
        "\n# %%\nchild.kill()\ndel held\n"
    )
    before, held, with_child, after = (cell.resident for cell in run_edition(lesson).cells)
    assert 60 < (held - before) / 2**20 < 100
    assert abs(with_child - held) / 2**20 < 30 and after < before + 30 * 2**20
