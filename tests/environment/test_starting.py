"""JupyterLab is started on loopback, at the start page, with the course's settings in force."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from utils.environment import browsing, making, starting
from utils.environment.examining import KERNELS, setting
from utils.environment.explaining import Trouble

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken():
    """A port that a program holds."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        yield held.getsockname()[1]


def test_a_port_that_is_asked_for_and_in_use_is_named(taken):
    for arguments in (["--port", str(taken)], [f"--port={taken}"], [f"--ServerApp.port={taken}"]):
        with pytest.raises(Trouble, match=f"Port {taken} is in use"):
            starting.options(arguments)


def test_the_usual_port_in_use_gives_the_next_and_a_word(taken, monkeypatch, capsys):
    monkeypatch.setattr(starting, "FIRST_PORT", taken)
    port = starting.port_asked(starting.options([]))
    assert port not in {None, taken} and starting.free(port)
    assert f"Port {taken} is in use" in capsys.readouterr().out


def test_a_start_page_that_is_gone_opens_the_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(starting, "ROOT", tmp_path)
    assert "--LabApp.default_url=/lab" in starting.options([])
    (tmp_path / "notebooks").mkdir()
    (tmp_path / starting.START_PAGE).touch()
    assert f"--LabApp.default_url=/lab/tree/{starting.START_PAGE}" in starting.options([])


def test_the_server_answers_on_loopback_alone_and_wants_its_token(tmp_path):
    """A real JupyterLab, started as `make lab` starts it, home folder and all its writing aside."""
    env = os.environ | {"HOME": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path / "run")}
    program = (
        "import sys; from pathlib import Path; from utils.environment import starting;"
        "starting.start(Path(sys.executable), ['--no-browser'])"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        address = next(found for line in server.stdout if (found := re.search(r"http://\S+", line)))
        url, token = address[0].split("/lab")[0], address[0].split("token=")[1]
        assert url.startswith(("http://127.0.0.1:", "http://localhost:"))
        asked = f"{url}/lab/api/settings/{KERNELS}"
        reply = _reply(urllib.request.Request(asked, headers={"Authorization": f"token {token}"}))
        chosen = reply["schema"]["properties"]["commsOverSubshells"]["default"]
        assert chosen == "disabled", "sliders would run beside a running cell"
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(asked, timeout=30)
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)


def _reply(request):
    for _ in range(300):  # the address is printed a moment before the server answers
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server never answered")


def test_the_courses_settings_are_in_force_and_the_readers_own_word_is_found(tmp_path, monkeypatch):
    for name, value in making.variables(Path(sys.executable)).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", str(tmp_path))
    assert setting(KERNELS, "commsOverSubshells") == ("disabled", "")
    own = tmp_path / "@jupyterlab/apputils-extension/kernels-settings.jupyterlab-settings"
    own.parent.mkdir(parents=True)
    own.write_text('{"commsOverSubshells": "perComm"}')
    assert setting(KERNELS, "commsOverSubshells") == ("perComm", str(own))
    shutil.rmtree(own.parent)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    assert setting(KERNELS, "commsOverSubshells")[0] != "disabled", "the test cannot fail"


def test_a_browser_that_is_missing_is_explained(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browsing, "MAC_PROGRAMS", ())
    shim = tmp_path / "chromium-browser"  # as on Ubuntu, where it points to a snap
    shim.write_text("#!/bin/sh\necho 'requires the chromium snap' >&2; exit 10\n")
    shim.chmod(0o755)
    with pytest.raises(Trouble) as trouble:
        browsing.chromium()
    for words in (f"{shim} is there but does not run", "google-chrome", "apt install chromium"):
        assert words in str(trouble.value)
    shim.write_text("#!/bin/sh\necho Chromium 150.0\n")
    assert browsing.chromium() == str(shim)


def test_the_browser_that_the_variable_names_is_taken_or_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(Trouble, match="from the variable CHROMIUM"):
        browsing.chromium()
