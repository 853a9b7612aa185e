"""Measurements: every subject in turn, rounds, medians; and first the proof that all answer the same."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.servers import Client, Database, Running
from benchmarks.workloads import Workload

COMPARED = 20
CONCURRENCY = (1, 16, 64)


class Different(Exception):
    """Two subjects answer a question differently; the message says which and how."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One subject at one workload with so many connections: medians of the rounds, milliseconds."""

    workload: str
    subject: str
    concurrency: int
    rate: float
    """Requests a second."""
    p50: float
    p99: float
    cpu: float
    """Processor time of the server a request."""
    database: float
    """Processor time of PostgreSQL a request."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure."""

    seconds: float
    rounds: int
    warm: float
    concurrency: Sequence[int] = CONCURRENCY


def compare(workload: Workload, running: Sequence[Running]) -> int:
    """Compares the answers of all to some of the variables, and tells how many bytes one has."""
    sizes = []
    for variables in workload.variables[:COMPARED]:
        asked = [each for each in running if each.subject.answers(workload)]
        first, *others = [(each, each.answered(workload, variables)) for each in asked]
        expected = first[1].get("data")
        sizes.append(len(orjson.dumps({"data": expected})))
        if first[1].get("errors") or None in expected.values():
            raise Different(
                f"{first[0].subject.name} has no answer to {workload.title} {variables}: {first[1]}"
            )
        for other, answer in others:
            told = answer.get("errors") or _difference(expected, answer.get("data"), "data")
            if told:
                names = f"{first[0].subject.name} and {other.subject.name}"
                raise Different(f"{workload.title} {variables}, {names}: {told}")
    return int(statistics.median(sizes))


def _difference(one: Any, other: Any, path: str) -> str | None:
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        found = (_difference(one[name], other[name], f"{path}.{name}") for name in one)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        found = (_difference(mine, theirs, f"{path}[{at}]") for at, (mine, theirs) in pairs)
    else:
        return None if one == other else f"{path}: {str(one)[:200]} against {str(other)[:200]}"
    return next((each for each in found if each), None)


class Bench:
    """Measures servers that run, one at a time."""

    def __init__(self, client: Client, database: Database, effort: Effort, folder: Path) -> None:
        self._client = client
        self._database = database
        self._effort = effort
        self._folder = folder

    def measured(self, workload: Workload, running: Sequence[Running]) -> Iterator[Measured]:
        """The workload, on every server that it is for, at every concurrency."""
        running = [each for each in running if each.subject.answers(workload)]
        files = {each.subject.name: self._file(workload, each) for each in running}
        for each in running:
            self._client.measured(each, files[each.subject.name], 16, self._effort.warm)
        for concurrency in self._effort.concurrency:
            rounds: dict[str, list[Measured]] = {each.subject.name: [] for each in running}
            for _ in range(self._effort.rounds):
                for each in running:
                    name = each.subject.name
                    rounds[name].append(self._once(workload, each, files[name], concurrency))
            yield from map(_median, rounds.values())

    def _once(self, workload: Workload, server: Running, requests: Path, concurrency: int) -> Measured:
        cpu, database = server.cpu, self._database.cpu
        told = self._client.measured(server, requests, concurrency, self._effort.seconds)
        spent, asked = server.cpu - cpu, self._database.cpu - database
        count = told["requests"]
        return Measured(
            workload.name,
            server.subject.name,
            concurrency,
            count / told["seconds"],
            told["p50"],
            told["p99"],
            spent / count * 1e3,
            max(asked, 0.0) / count * 1e3,
        )

    def _file(self, workload: Workload, server: Running) -> Path:
        path = self._folder / f"{workload.name}-{server.subject.name}.json"
        path.write_bytes(
            orjson.dumps([server.subject.request(workload, variables) for variables in workload.variables])
        )
        return path


def _median(rounds: Sequence[Measured]) -> Measured:
    def middle(name: str) -> float:
        return float(statistics.median(getattr(each, name) for each in rounds))

    first = rounds[0]
    times = (middle(name) for name in ("rate", "p50", "p99", "cpu", "database"))
    return Measured(first.workload, first.subject, first.concurrency, *times)
