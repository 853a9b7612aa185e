"""The report in Markdown, from everything that was measured on a data folder so far."""

import json
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.report import commit, machine
from benchmarks.search.published import PUBLISHED

Figures = dict[str, Any]

WARM = "warm"
"""The title of the rounds that were asked before."""


def figures(data_dir: Path) -> Figures:
    """What was measured on this folder so far, by part."""
    path = _path(data_dir)
    found: Figures = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def remember(data_dir: Path, part: str, found: Any) -> None:
    """Keep what one part gave, with the day and the commit."""
    stamp = {"made": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", "commit": commit(), "found": found}
    known = figures(data_dir) | {part: stamp}
    _path(data_dir).write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")


def _path(data_dir: Path) -> Path:
    return data_dir / "search-figures.json"


def report(sizes: Sequence[tuple[int, Figures]]) -> str:
    """The report of these figures, for each number of workers; of several, side by side first."""
    ordered = sorted(sizes, key=lambda each: each[0])
    parts = [_head([workers for workers, _ in ordered])]
    if len(ordered) > 1:
        parts.append(_beside([(workers, known) for workers, known in ordered if "searches" in known]))
    for workers, known in ordered:
        if len(ordered) > 1:
            parts.append(f"# {workers:,} workers\n")
        parts += [write(known[name]) for name, write in _PARTS.items() if name in known]
    return "\n".join([*parts, _published()])


def _head(sizes: Sequence[int]) -> str:
    told = " and ".join(f"{each:,}" for each in sizes)
    return f"""# Searches, measured

Made by `python -m benchmarks.search`; do not edit. {told} workers with everything that belongs to them.
Machine: {machine()}. Python {platform.python_version()}.
Client, gateway, the four registries and the projection share the machine: at 16 connections most is waiting.
Every search is a page of 20 read from the registries, with its exact count, unless it says count or facets.
Values are drawn anew for each request. Times are milliseconds.
"""


def _beside(sizes: Sequence[tuple[int, Figures]]) -> str:
    """The warm rounds of each size, one beside the other: of the whole set, then of each search."""
    rounds = [
        (f"{workers:,}, {each['concurrency']}", each)
        for workers, known in sizes
        for each in known["searches"]["found"]
        if each["title"] == WARM
    ]
    head = ["search", *(f"{name}: {which}" for name, _ in rounds for which in ("p50", "p95"))]
    rows = [["all", *(_number(each["whole"][which]) for _, each in rounds for which in ("p50", "p95"))]]
    for search in PUBLISHED:
        found = [_of(search.name, each) for _, each in rounds]
        cells = [_number(one[which]) if one else "–" for one in found for which in ("p50", "p95")]
        rows.append([f"`{search.name}`", *cells])
    return f"## Side by side\n\nWorkers, connections: warm.\n\n{table(head, rows)}\n"


def _of(name: str, found: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return next((one for one in found["each"] if one["name"] == name), None)


def _made(part: Mapping[str, Any]) -> str:
    return f"Measured {part['made']}, commit `{part['commit']}`."


def _loading(part: Mapping[str, Any]) -> str:
    rows = [
        [each["what"], each["seconds"], each.get("cpu", "–"), each.get("disk", "–")] for each in part["found"]
    ]
    return f"## Loading\n\n{_made(part)}\n\n" + table(
        ["what", "seconds", "CPU seconds", "disk, MB"], [[_number(cell) for cell in row] for row in rows]
    )


def _rounds(part: Mapping[str, Any]) -> str:
    rounds: Sequence[Mapping[str, Any]] = part["found"]
    head = [
        "",
        "connections",
        "searches",
        "p50",
        "p95",
        "p99",
        "searches/s",
        "CPU of gateway",
        "CPU of PostgreSQL",
    ]
    rows = []
    for each in rounds:
        whole, cpu = each["whole"], [each["gateway_cpu"], each["database_cpu"]]
        spent = [f"{one / whole['asked'] * 1e3:.0f}" for one in cpu]
        rate = f"{whole['asked'] / each['seconds']:.1f}"
        times = [_number(whole[name]) for name in ("p50", "p95", "p99")]
        rows.append([each["title"], str(each["concurrency"]), str(whole["asked"]), *times, rate, *spent])
    return f"## The set\n\n{_made(part)} CPU is milliseconds a search.\n\n{table(head, rows)}\n\n" + _each(
        rounds
    )


def _each(rounds: Sequence[Mapping[str, Any]]) -> str:
    """Each search in each round."""
    head = ["search"]
    for each in rounds:
        head.append(f"{each['title']}, {each['concurrency']}: p50")
        head += ["p95", "p99"]
    rows = []
    for search in PUBLISHED:
        row = [f"`{search.name}`"]
        for each in rounds:
            found = _of(search.name, each)
            row += [_number(found[name]) if found else "–" for name in ("p50", "p95", "p99")]
            if found and found["errors"]:
                row[-1] += " " + ", ".join(f"{count} × {code}" for code, count in found["errors"].items())
        rows.append(row)
    return f"## Each search\n\n{table(head, rows)}\n"


def _changes(part: Mapping[str, Any]) -> str:
    rows = [[name, _number(value)] for name, value in part["found"].items()]
    return f"## Changes\n\n{_made(part)}\n\n{table(['what', 'figure'], rows)}\n"


_PARTS = {"loading": _loading, "searches": _rounds, "changes": _changes}


def _published() -> str:
    lines = ["## What is asked", "", "Documents are in `queries/`, variables in `published/`.", ""]
    lines += [f"- `{each.name}`: {each.title}" for each in PUBLISHED]
    return "\n".join(lines) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its first column text and the others numbers."""
    lines = [head, ["---", *("---:" for _ in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _number(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
