"""A real kernel: checks from a notebook leave its variables, its random state and itself alone."""

import time

import nbformat
import psutil
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from utils.exercises.running import ROOT

SETUP = "import random, numpy as np\nfrom utils import check, hint, predict, look_back, progress\n"
GOOD = """
def smooth(x, window):
    global times
    times = 99
    np.random.seed(5)
    random.seed(5)
    return np.array([x[max(0, t - window + 1) : t + 1].mean() for t in range(len(x))])
"""
LOOP = "def smooth(x, window):\n    while True:\n        pass\n"


def run(*cells):
    """The outputs of cells, run in a kernel of their own: a list of lists."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}})
    return [cell.outputs for cell in client.execute().cells]


def test_a_notebook_checks_right_wrong_and_endless_answers():
    outputs = run(
        SETUP,
        "times = 1\nnp.random.seed(0)\nrandom.seed(0)\n"
        "before = np.random.get_state()[1].copy(), random.getstate()" + GOOD,
        'check("00.causal", smooth)',
        LOOP,
        'check("00.causal", smooth)',
        'check("00.causal", lambda x, window: ...)',
        'predict("00.future")\nlook_back("00.future")',
        "same = bool((np.random.get_state()[1] == before[0]).all())\n"
        "times, same, random.getstate() == before[1]",
        "from utils.exercises import running\n"
        "running._server.process is None, running._tensorflow_server.process is None",
    )
    (verdict,) = outputs[2]
    about = {"exercise": "00.causal", "outcome": "right", "message": ""}
    assert verdict.metadata["course"] == about
    assert verdict.data["text/plain"].startswith("✔ Exercise 00.causal: right")
    assert 'role="status"' in verdict.data["text/html"]
    assert outputs[4][0].metadata["course"]["message"] == "timeout"
    assert outputs[5][0].metadata["course"]["outcome"] == "unanswered"
    question, script, recalled = outputs[6]
    assert script.data["text/plain"] == "" and "<script>" in script.data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in question.data
    assert "does output 3" in question.data["text/plain"]
    assert "have not locked" in recalled.data["text/plain"]
    assert outputs[7][0].data["text/plain"] == "(1, True, True)"
    started = outputs[8][0].data["text/plain"]
    assert started == "(False, True)", "the first lesson needs no server with TensorFlow"


@pytest.fixture
def kernel():
    manager, client = start_new_kernel(cwd=str(ROOT))
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def finished(client, message):
    """Waits for the end of a request; its output texts."""
    texts = []
    while True:
        news = client.get_iopub_msg(timeout=60)
        if news["parent_header"].get("msg_id") != message:
            continue
        content = news["content"]
        texts += [content.get("ename", ""), content.get("data", {}).get("text/plain", "")]
        if news["msg_type"] == "status" and content["execution_state"] == "idle":
            return " ".join(texts)


@pytest.fixture
def looping(kernel):
    """A kernel in the middle of the check of an endless answer: (client, message, processes)."""
    _, client = kernel
    source = SETUP + LOOP + "from utils.exercises import running\nrunning._server.process.pid"
    server = psutil.Process(int(finished(client, client.execute(source)).split()[-1]))
    message, family = client.execute('check("00.causal", smooth)'), []
    while len(family) < 2:  # the warden and its worker
        time.sleep(0.02)
        family = server.children(recursive=True)
    return client, message, server, family


def test_an_interrupt_ends_the_answer_and_not_the_kernel(kernel, looping):
    client, message, server, family = looping
    kernel[0].interrupt_kernel()
    assert "KeyboardInterrupt" in finished(client, message)
    _, alive = psutil.wait_procs(family, timeout=30)
    assert not alive
    assert server.is_running(), "the server is not for the Interrupt"
    shown = finished(client, client.execute(GOOD + '\ncheck("00.causal", smooth)'))
    assert "Exercise 00.causal: right" in shown


def test_a_kernel_that_is_killed_takes_the_answer_with_it(kernel, looping):
    _, _, server, family = looping
    kernel[0].provisioner.process.kill()
    _, alive = psutil.wait_procs([server, *family], timeout=30)
    assert not alive


def test_no_name_of_the_course_is_a_magic_of_ipython():
    """After a restart, before the imports, IPython would run the magic in its place."""
    from IPython.core.interactiveshell import InteractiveShell

    import utils

    magics = InteractiveShell().magics_manager.magics["line"]
    assert not set(utils.__all__) & set(magics)
