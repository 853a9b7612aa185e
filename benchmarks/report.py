"""The report: what was measured, on what, and the ratios that matter."""

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.engine import table
from benchmarks.measurement import Measured
from benchmarks.workloads import Workload

RATIOS = (
    ("svod / floor", "svod", "floor"),
    ("stock / svod", "stock", "svod"),
    ("mercurius / svod", "mercurius", "svod"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that one run gave."""

    command: str
    workers: int
    workloads: Sequence[Workload]
    titles: Mapping[str, str]
    """What each subject is, by its name."""
    sizes: Mapping[str, int]
    """Bytes of a usual answer, by workload."""
    measured: Sequence[Measured]
    memory: Mapping[str, int]
    """Bytes held at most, by subject."""
    parts: Mapping[str, float]
    """Microseconds of one row in the gateway, by part; empty when it was not measured."""
    in_process: Mapping[str, Mapping[str, Mapping[str, float]]]
    """What `benchmarks.engine` told; empty when it was not measured."""

    def of(self, workload: str, subject: str, concurrency: int) -> Measured | None:
        """One measurement, where that subject took part."""
        for each in self.measured:
            if (each.workload, each.subject, each.concurrency) == (workload, subject, concurrency):
                return each
        return None


def report(run: Run) -> str:
    """The report in Markdown."""
    parts = [_head(run), _ratios(run), *(_table(run, workload) for workload in run.workloads), _memory(run)]
    if run.parts:
        parts.append(_parts(run))
    if run.in_process:
        parts.append(_in_process(run))
    return "\n".join(parts)


def _head(run: Run) -> str:
    names = "\n".join(f"- **{name}**: {title}" for name, title in run.titles.items())
    return f"""# Measured

Made by `{run.command}` on {datetime.now(UTC):%Y-%m-%d}, commit `{commit()}`; do not edit.
Machine: {machine()}. Python {platform.python_version()}.
{run.workers:,} workers in four databases of one PostgreSQL on the same machine, as the client is: requests a
second say less than processor time does.

{names}

CPU is the server process's time by the operating system's accounting, a request; `database` is PostgreSQL's.
Subjects take turns; each number is the median of the rounds. Every answer was first compared, field by field.
"""


def _ratios(run: Run) -> str:
    lines = [
        "## Ratios of CPU a request",
        "",
        "| workload | connections | " + " | ".join(r[0] for r in RATIOS) + " |",
    ]
    lines.append("| --- | ---: |" + " ---: |" * len(RATIOS))
    for workload in run.workloads:
        for concurrency in _concurrencies(run):
            cells = " | ".join(_ratio(run, workload.name, concurrency, *pair) for _, *pair in RATIOS)
            lines.append(f"| {workload.title} | {concurrency} | {cells} |")
    lines += ["", *_own_staff(run)]
    return "\n".join([*lines, ""])


def _own_staff(run: Run) -> Sequence[str]:
    """What rights that each row decides cost, with the journal of what they release."""
    found = [
        (own.cpu / page.cpu, concurrency)
        for concurrency in _concurrencies(run)
        if (own := run.of("own_staff", "svod", concurrency))
        and (page := run.of("staff_page", "svod", concurrency))
    ]
    if not found:
        return ()
    told = ", ".join(f"{ratio:.2f} at {concurrency}" for ratio, concurrency in found)
    return (f"Own staff (the employer's own 100 people with personal fields) over the staff page: {told}.",)


def _ratio(run: Run, workload: str, concurrency: int, upper: str, lower: str) -> str:
    one, other = run.of(workload, upper, concurrency), run.of(workload, lower, concurrency)
    return f"{one.cpu / other.cpu:.2f}" if one and other and other.cpu else ""


def _table(run: Run, workload: Workload) -> str:
    lines = [
        f"## {workload.title.capitalize()} ({run.sizes[workload.name]:,} bytes)",
        "",
        "| connections | subject | CPU, ms | requests/s | p50, ms | p99, ms | p99/p50 | database, ms |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    asked = ((concurrency, name) for concurrency in _concurrencies(run) for name in run.titles)
    found = (run.of(workload.name, name, concurrency) for concurrency, name in asked)
    lines += [_line(each) for each in found if each]
    return "\n".join([*lines, ""])


def _concurrencies(run: Run) -> Sequence[int]:
    return sorted({each.concurrency for each in run.measured})


def _line(each: Measured) -> str:
    return (
        f"| {each.concurrency} | {each.subject} | {each.cpu:.3f} | {each.rate:,.0f} | {each.p50:.2f} |"
        f" {each.p99:.2f} | {each.p99 / each.p50:.1f} | {each.database:.3f} |"
    )


def _memory(run: Run) -> str:
    lines = ["## Memory", "", "| subject | at most, MB |", "| --- | ---: |"]
    lines += [f"| {name} | {size / 1e6:.0f} |" for name, size in run.memory.items()]
    return "\n".join([*lines, ""])


def _parts(run: Run) -> str:
    lines = [
        "## One row inside the gateway",
        "",
        "In one process, one request at a time, without HTTP; microseconds of processor time.",
        "",
        "| part | µs |",
        "| --- | ---: |",
        *(f"| {name} | {time:.0f} |" for name, time in run.parts.items()),
    ]
    return "\n".join([*lines, ""])


def _in_process(run: Run) -> str:
    lines = [
        "## The engine in process",
        "",
        "Executed and encoded, data in memory, without HTTP: workers with four relations, 26 leaves each.",
    ]
    for title, ways in run.in_process["compared"].items():
        lines += [
            "",
            f"| {title} | µs | times stock | times by hand |",
            "| --- | ---: | ---: | ---: |",
            *table(ways),
        ]
    told = ", ".join(f"{name} {took:.0f} µs" for name, took in run.in_process["cold"].items())
    return "\n".join([*lines, "", f"A document of that size the first time: {told}.", ""])


def machine() -> str:
    """The processor, its cores, the system."""
    cpuinfo = Path("/proc/cpuinfo")
    named = platform.processor() or platform.machine()
    if cpuinfo.exists():
        lines = (line.partition(":") for line in cpuinfo.read_text().splitlines())
        named = next((value.strip() for name, _, value in lines if name.strip() == "model name"), named)
    return f"{named}, {os.cpu_count()} cores, {platform.system()}"


def commit() -> str:
    """The commit that is measured, and whether there is more than it holds."""

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], capture_output=True, text=True, check=False).stdout.strip()

    # What is measured is the code beside this folder; the report itself does not count.
    changed = git("status", "--porcelain", "--", ".", ":!benchmarks/report.md")
    return git("rev-parse", "--short", "HEAD") + (", with changes not committed" if changed else "")
