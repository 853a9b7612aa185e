"""`svod serve` with two processes: both serve, one that dies is replaced, all end together."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.gateway.test_cli_serve import SLOW_MACHINE, Serving, started


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    running = started(tmp_path_factory.mktemp("processes"), SVOD_PROCESSES="2")
    running.wait_until_ready()
    yield running
    if running.process.poll() is None:
        running.end(signal.SIGTERM)


def servers(serving: Serving) -> set[int]:
    """The processes that hold the port open, beside the first one."""
    port = int(serving.settings["SVOD_PORT"])
    children = psutil.Process(serving.process.pid).children()
    return {each.pid for each in children if port in _ports(each)}


def _ports(process: psutil.Process) -> set[int]:
    try:
        return {line.laddr.port for line in process.net_connections("tcp") if line.status == "LISTEN"}
    except psutil.Error:
        return set()


def eventually(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + SLOW_MACHINE
    while not true() and time.monotonic() < until:
        time.sleep(0.1)
    return true()


def answers(serving: Serving) -> bool:
    answer = httpx.post(f"{serving.url}/graphql", json={"query": "{ __typename }"}, timeout=60)
    return bool(answer.json() == {"data": {"__typename": "Query"}})


def test_two_processes_serve_and_one_line_says_where(serving: Serving) -> None:
    assert len(servers(serving)) == 2
    assert all(answers(serving) for _ in range(20))
    assert serving.output().count("Svod answers at") == 1


def test_one_that_dies_is_replaced_while_the_other_serves(serving: Serving) -> None:
    time.sleep(6)  # one that dies right after its start is not replaced
    before = servers(serving)
    dying = min(before)
    os.kill(dying, signal.SIGKILL)
    assert answers(serving)
    assert eventually(lambda: len(servers(serving) - {dying}) == 2)
    assert "a serving process died" in serving.output()


def test_a_signal_ends_them_all(serving: Serving) -> None:
    running = servers(serving)
    assert serving.end(signal.SIGTERM) == 0
    assert not any(psutil.pid_exists(each) for each in running)


def test_they_do_not_outlive_the_first_one(tmp_path: Path) -> None:
    serving = started(tmp_path, SVOD_PROCESSES="2")
    serving.wait_until_ready()
    running = servers(serving)
    serving.end(signal.SIGKILL)
    assert len(running) == 2
    assert eventually(lambda: not any(psutil.pid_exists(each) for each in running))


def test_one_that_cannot_serve_ends_the_start_in_a_line(tmp_path: Path) -> None:
    missing = str(tmp_path / "documents.json")
    serving = started(tmp_path, SVOD_PROCESSES="2", SVOD_TRUSTED_DOCUMENTS=missing)
    assert serving.process.wait(SLOW_MACHINE) == 1
    last = serving.output().splitlines()[-1]
    assert last == "svod: a serving process ended right after its start, with exit code 1"
