"""The servers under measurement: how each is started and asked, what the system says they used."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import psutil

from benchmarks.workloads import Workload

ROOT = Path(__file__).parent.parent
STARTS_IN = 30.0


class NotServing(Exception):
    """A server did not start, or answers with something else than 200; the message says which and what."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One of those compared: the command that serves it and what its requests look like."""

    name: str
    title: str
    command: tuple[str, ...]
    graphql: bool = True
    sign: Callable[[Sequence[str]], str] | None = None
    """A token of the employer of these organizations, where the subject knows rights."""
    environment: dict[str, str] = field(default_factory=dict)

    def answers(self, workload: Workload) -> bool:
        """Whether the workload is for it."""
        return self.sign is not None or not workload.own

    def request(self, workload: Workload, variables: Mapping[str, Any]) -> str:
        """The whole HTTP request."""
        path = "/graphql" if self.graphql else f"/{workload.name}"
        body = {"query": workload.query, "variables": variables} if self.graphql else variables
        content = orjson.dumps(body)
        lines = [
            f"POST {path} HTTP/1.1",
            "host: 127.0.0.1",
            "content-type: application/json",
            f"content-length: {len(content)}",
        ]
        if self.sign:
            lines.append(f"authorization: Bearer {self.sign(tuple(workload.own))}")
        return "\r\n".join(lines) + "\r\n\r\n" + content.decode()


class Running:
    """A subject's process, listening."""

    def __init__(self, subject: Subject, environment: dict[str, str], log: Path) -> None:
        self.subject = subject
        self.port = _free_port()
        named = {"BENCHMARK_PORT": str(self.port), "SVOD_PORT": str(self.port)}
        self._log = log
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                subject.command,
                cwd=ROOT,
                env=os.environ | environment | subject.environment | named,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self._told = psutil.Process(self._process.pid)

    def wait(self) -> None:
        """Wait until it listens. Raises NotServing."""
        ends = time.monotonic() + STARTS_IN
        while time.monotonic() < ends and self._process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise NotServing(f"{self.subject.name} does not start:\n{self._log.read_text()[-2000:]}")

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, in user and in system mode, all threads and processes."""
        times = [each.cpu_times() for each in (self._told, *self._told.children())]
        return float(sum(each.user + each.system for each in times))

    @property
    def memory(self) -> int:
        """Bytes of memory held just now."""
        return int(self._told.memory_info().rss)

    @property
    def peak_memory(self) -> int:
        """Bytes of memory held at most so far."""
        status = Path(f"/proc/{self._process.pid}/status")
        if status.exists():
            line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            return int(line.split()[1]) * 1024
        return int(self._told.memory_info().rss)

    def answered(self, workload: Workload, variables: Mapping[str, Any]) -> Any:
        """One answer, read slowly. Raises NotServing."""
        with socket.create_connection(("127.0.0.1", self.port), 20) as line:
            request = self.subject.request(workload, variables).replace(
                "\r\n\r\n", "\r\nconnection: close\r\n\r\n", 1
            )
            line.sendall(request.encode())
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        head, _, content = answer.partition(b"\r\n\r\n")
        if b" 200 " not in head.splitlines()[0]:
            raise NotServing(
                f"{self.subject.name}, {workload.title}: {answer.decode(errors='replace')[:800]}"
            )
        return orjson.loads(content)

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Database:
    """The processor time of a PostgreSQL server with all its connections."""

    def __init__(self, data_dir: Path) -> None:
        pid = int((data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        self._postmaster = psutil.Process(pid)

    @property
    def cpu(self) -> float:
        """Seconds so far, with those of processes that ended: parallel ones live for one statement."""
        ended = self._postmaster.cpu_times()
        total = float(ended.children_user + ended.children_system)
        for each in self._postmaster.children():
            with suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                total += times.user + times.system
        return total


class Client:
    """The client's process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.client"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def measured(
        self, running: Running, requests: Path, concurrency: int, seconds: float
    ) -> Mapping[str, Any]:
        """What one measurement gave. Raises NotServing."""
        order = {
            "port": running.port,
            "requests": str(requests),
            "concurrency": concurrency,
            "seconds": seconds,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        told: dict[str, Any] = orjson.loads(self._process.stdout.readline())
        if "failed" in told:
            raise NotServing(f"{running.subject.name}: {told['failed']}")
        return told

    def stop(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(5)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
