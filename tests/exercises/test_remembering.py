"""The progress file: kept, never needed, never in the way."""

import json
import multiprocessing
import os
import socket
import stat
import threading

import pytest

from utils.exercises import remembering


@pytest.fixture(autouse=True)
def fresh_memory(monkeypatch):
    monkeypatch.setattr(remembering, "_memory", {})
    monkeypatch.setattr(remembering, "_news", [])


def solve(name):
    def change(state):
        mine = remembering.exercise_record(state, name)
        mine["outcome"] = "right"
        mine["tries"] += 1

    remembering.record(change)


def solved():
    return sorted(remembering.recorded()["exercises"])


def test_what_is_recorded_is_found_again_in_the_file(progress_file):
    solve("00.causal")
    assert json.loads(progress_file.read_text())["exercises"]["00.causal"]["outcome"] == "right"
    assert solved() == ["00.causal"]
    assert remembering.words() == ()


def test_no_draft_is_left_beside_the_file(progress_file):
    solve("00.causal")
    assert sorted(os.listdir(progress_file.parent)) == ["progress.json", "progress.lock"]


def test_without_the_variable_it_lies_in_the_course_s_folder(monkeypatch):
    monkeypatch.delenv("COURSE_PROGRESS")
    assert remembering.place().parts[-2:] == (".progress", "progress.json")
    assert (remembering.place().parents[1] / "utils").is_dir()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"[]",
        b"null",
        b'{"schema": 99, "exercises": {}, "predictions": {}}',
        b'{"schema": 1}',
        b'{"schema": 1, "exercises": [], "predictions": {}}',
        b'{"schema": 1, "exercises": {"a": 1}, "predictions": {}}',
        b'{"schema": 1, "exercises": {"a": {"outcome": "right"}}, "predictions": {}}',
        b'{"schema": 1, "exercises": {"a": {"outcome": "right", "tries": 1, "message": "",'
        b' "rungs": [[]]}}, "predictions": {}}',
        b'{"schema": 1, "exercises": {}, "predictions": {"a": []}}',
    ],
)
def test_a_damaged_file_is_set_aside_with_a_word(progress_file, damage):
    progress_file.write_bytes(damage)
    assert solved() == []
    solve("00.causal")
    assert solved() == ["00.causal"]
    (word,) = remembering.words()
    (aside,) = progress_file.parent.glob("*.damaged-*")
    assert aside.read_bytes() == damage
    assert aside.name in word
    assert remembering.words() == (), "it is said once"


def test_two_damaged_files_are_both_kept(progress_file):
    for number in range(2):
        progress_file.write_text(f"damage {number}")
        remembering.recorded()
    assert len(list(progress_file.parent.glob("*.damaged-*"))) == 2


def test_a_folder_in_its_place_is_left_alone(progress_file):
    progress_file.mkdir()
    (progress_file / "mine.txt").write_text("mine")
    solve("00.causal")
    assert solved() == ["00.causal"], "kept in memory"
    (word,) = remembering.words()
    assert "until this kernel ends" in word
    assert (progress_file / "mine.txt").read_text() == "mine"


def kept_in_memory_only(part):
    solve("00.causal")
    assert solved() == ["00.causal"]
    (word,) = remembering.words()
    return part in word and "until this kernel ends" in word


def test_a_pipe_in_its_place_is_neither_opened_nor_moved(progress_file):
    os.mkfifo(progress_file)
    assert kept_in_memory_only("it is no regular file")
    assert stat.S_ISFIFO(progress_file.stat().st_mode)
    assert os.listdir(progress_file.parent) == ["progress.json"], "no lock beside it either"


def test_a_socket_in_its_place_is_left_alone(progress_file):
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(progress_file))
        assert kept_in_memory_only("it is no regular file")
    assert stat.S_ISSOCK(progress_file.stat().st_mode)


def test_somebody_s_large_file_is_not_read_nor_moved(progress_file):
    with progress_file.open("wb") as file:
        file.truncate(10 * remembering.SIZE)
    assert kept_in_memory_only("it holds 10 MB")
    assert progress_file.stat().st_size == 10 * remembering.SIZE


def test_a_link_stays_a_link_and_what_it_names_is_written(progress_file, tmp_path):
    elsewhere = tmp_path / "synchronised" / "mine.json"
    elsewhere.parent.mkdir()
    progress_file.symlink_to(elsewhere)
    for name in ("00.causal", "01.poke"):
        solve(name)
    assert progress_file.is_symlink() and progress_file.resolve() == elsewhere
    assert sorted(json.loads(elsewhere.read_text())["exercises"]) == ["00.causal", "01.poke"]


def test_a_link_to_a_damaged_file_stays_where_it_is(progress_file, tmp_path):
    elsewhere = tmp_path / "synchronised" / "mine.json"
    elsewhere.parent.mkdir()
    elsewhere.write_text("damage")
    progress_file.symlink_to(elsewhere)
    solve("00.causal")
    assert progress_file.is_symlink()
    (aside,) = elsewhere.parent.glob("mine.json.damaged-*")
    assert aside.read_text() == "damage"


def test_a_link_to_itself_is_no_obstacle(progress_file):
    progress_file.symlink_to(progress_file)
    assert kept_in_memory_only("symbolic links")
    assert progress_file.is_symlink()


def test_a_home_that_nobody_has_gets_a_sentence(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_PROGRESS", "~nobody-of-that-name/p.json")
    assert kept_in_memory_only("there is no user nobody-of-that-name here")
    assert os.listdir() == []


def test_a_file_where_its_folder_should_be_is_no_obstacle(tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "taken" / "progress.json"))
    solve("00.causal")
    assert solved() == ["00.causal"]
    assert "until this kernel ends" in " ".join(remembering.words())


def test_a_disk_that_cannot_be_written_is_no_obstacle(progress_file, monkeypatch):
    solve("00.causal")
    before = progress_file.read_text()

    def refuse(*_, **__):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(remembering.tempfile, "mkstemp", refuse)
    solve("01.poke")
    solve("01.stale")
    assert solved() == ["00.causal", "01.poke", "01.stale"]
    (word,) = remembering.words()
    assert "Read-only file system" in word
    assert progress_file.read_text() == before
    monkeypatch.undo()


def test_when_the_disk_is_back_what_was_kept_is_written(progress_file, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(
            remembering.os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
        )
        solve("00.causal")
    solve("01.poke")
    assert sorted(json.loads(progress_file.read_text())["exercises"]) == ["00.causal", "01.poke"]


def test_a_file_that_may_not_be_read_is_no_obstacle(progress_file, monkeypatch):
    solve("00.causal")
    progress_file.chmod(0)

    def refuse(self, **_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(progress_file), "read_text", refuse)
    assert solved() == []
    assert "Permission denied" in " ".join(remembering.words())
    progress_file.chmod(stat.S_IRUSR | stat.S_IWUSR)


def _write_many(prefix):
    for number in range(15):
        solve(f"{prefix}.{number}")


def test_two_kernels_that_write_at_once_lose_nothing(progress_file, monkeypatch):
    monkeypatch.setattr(remembering, "PATIENCE", 60.0)  # a slow disk is not what is tested
    context = multiprocessing.get_context("fork")
    kernels = [context.Process(target=_write_many, args=(prefix,)) for prefix in "abc"]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join()
    assert len(solved()) == 45


def test_two_threads_that_write_at_once_lose_nothing():
    threads = [threading.Thread(target=_write_many, args=(prefix,)) for prefix in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(solved()) == 30


def test_a_lock_that_is_never_released_does_not_block(progress_file, monkeypatch):
    monkeypatch.setattr(remembering, "PATIENCE", 0.1)
    lock = os.open(progress_file.with_suffix(".lock"), os.O_CREAT | os.O_RDWR)
    remembering.fcntl.flock(lock, remembering.fcntl.LOCK_EX)
    solve("00.causal")
    os.close(lock)
    assert solved() == ["00.causal"]
