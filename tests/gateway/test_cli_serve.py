"""`svod serve` as a person runs it: a process with own servers, asked, rivalled, ended by a signal."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from auth.principal import Role
from tests.gateway.svod import SVOD, environment, free_port, svod

ASKED = '{ worker(registryNumber: "77200000000001") { fullName snils } }'
SLOW_MACHINE = 90


@dataclass
class Serving:
    """A gateway in a process of its own."""

    process: "subprocess.Popen[bytes]"
    settings: dict[str, str]
    said: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings['SVOD_PORT']}"

    def output(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def wait_until_ready(self) -> None:
        until = time.monotonic() + SLOW_MACHINE
        while "stop       Ctrl-C" not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < until, self.output()
            time.sleep(0.1)

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(SLOW_MACHINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def serving(folder: Path) -> Iterator[Serving]:
    running = started(folder)
    running.wait_until_ready()
    yield running
    if running.process.poll() is None:
        running.end(signal.SIGTERM)


def started(folder: Path, **more: str) -> Serving:
    settings = {
        "SVOD_PORT": str(free_port()),
        "SVOD_DATA_DIR": str(folder / "data"),
        "SVOD_DEMO_WORKERS": "50",
        "SVOD_REGISTRY_TIMEOUT": "60",
        "SVOD_JOURNAL_TIMEOUT": "60",
    } | more
    said = folder / "output"
    with said.open("wb") as file:
        process = subprocess.Popen(
            [SVOD, "serve"], env=environment(**settings), stdout=file, stderr=subprocess.STDOUT
        )
    return Serving(process, settings, said)


def test_it_says_where_to_look_and_gives_a_token_for_each_role(serving: Serving) -> None:
    lines = serving.output().splitlines()
    assert f"Svod answers at {serving.url}/graphql" in lines
    assert f"  explorer   {serving.url}/" in lines
    assert f"  dashboard  {serving.url}/dashboard" in lines
    given = {line.split()[0] for line in lines if " eyJ" in line}
    assert given == set(Role)


def test_a_printed_token_is_good(serving: Serving) -> None:
    [line] = [line for line in serving.output().splitlines() if line.startswith("  auditor ")]
    answer = httpx.post(
        f"{serving.url}/graphql",
        json={"query": ASKED},
        headers={"Authorization": f"Bearer {line.split()[1]}"},
        timeout=60,
    )
    assert answer.json()["data"]["worker"] == {
        "fullName": "Иванова Анна Сергеевна",
        "snils": "***-***-*** 95",
    }
    assert "server" not in answer.headers


def test_svod_query_finds_it_by_the_same_settings(serving: Serving) -> None:
    printed = svod("query", "-", "--role", "worker", given=ASKED, **serving.settings)
    assert (printed.returncode, "11223344595" in printed.stdout) == (0, True)


def test_no_request_is_logged_with_what_it_asked(serving: Serving) -> None:
    httpx.get(
        f"{serving.url}/graphql", params={"query": '{ worker(snils: "11223344595") { id } }'}, timeout=60
    )
    assert "11223344595" not in serving.output()


def test_a_second_start_on_its_port_is_refused_in_a_line(serving: Serving, tmp_path: Path) -> None:
    rival = serving.settings | {"SVOD_DATA_DIR": str(tmp_path / "other")}
    refused = svod("serve", **rival)
    assert refused.returncode == 1
    in_use = f"port {serving.settings['SVOD_PORT']} is in use"
    assert refused.stderr == f"svod: {in_use}. Stop what listens there, or set SVOD_PORT to another one.\n"
    assert not (tmp_path / "other").exists()


def test_a_second_start_on_its_data_folder_is_refused_in_a_line(serving: Serving) -> None:
    refused = _finished(serving.settings | {"SVOD_PORT": str(free_port())})
    assert refused.returncode == 1
    [line] = refused.stdout.splitlines()
    assert line.startswith("svod: Svod already runs on the data folder ")


def test_wrong_settings_stop_it_before_anything_starts(tmp_path: Path) -> None:
    refused = _finished({"SVOD_DATA_DIR": str(tmp_path / "data"), "SVOD_LOG_LEVEL": "loud"})
    assert refused.returncode == 1
    assert refused.stdout == "svod: SVOD_LOG_LEVEL should be 'debug', 'info', 'warning' or 'error'\n"
    assert not (tmp_path / "data").exists()


def test_a_signal_ends_it_with_its_servers_and_a_later_start_finds_the_data(
    serving: Serving, folder: Path
) -> None:
    [written] = (folder / "data").rglob("postmaster.pid")
    postgres = int(written.read_text(encoding="utf-8").splitlines()[0])
    assert serving.end(signal.SIGTERM) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(postgres, 0)
    again = started(folder)
    again.wait_until_ready()
    assert "demo data: 50 workers as of " in again.output()
    assert again.end(signal.SIGINT) == 0


def _finished(settings: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [SVOD, "serve"],
        env=environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SLOW_MACHINE,
        check=False,
    )
