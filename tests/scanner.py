"""No log holds a secret: reads what the tests and their servers have said, and fails the session on a hit.

Read are the standard output, standard error and log records of every test and fixture, and at the end every
file that a server of the tests wrote its words to. What a number is, is told by its check digits, here anew.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_EDGE, _END = r"(?<![0-9A-Za-z._-])", r"(?![0-9A-Za-z_-])"
_SNILS = re.compile(rf"{_EDGE}(?:\d{{11}}|\d{{3}}-\d{{3}}-\d{{3}}[ -]\d{{2}}){_END}")
_INN = re.compile(rf"{_EDGE}\d{{12}}{_END}")
_TOKEN = re.compile(r"eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}")
_PASSWORD = re.compile(r"\w://[^:/@\s]+:(?!\*+@)[^@/\s]+@")

# What `svod serve` prints in a demo is an answer and no log: a token for each role, on a line of its own.
_SAID_ON_PURPOSE = re.compile(r"^  [a-z]+ +eyJ\S+$", re.MULTILINE)
_WRITTEN = ("*.log", "output", "said")
"""Names of the files to which servers write, here and in their data folders."""


def secrets(text: str) -> Iterator[str]:
    """What kind of secret stands in a text, and its ends: never the whole of it."""
    for match in _SNILS.finditer(text):
        digits = "".join(filter(str.isdigit, match[0]))
        if _is_snils(digits):
            yield f"a SNILS that ends with {digits[-2:]}"
    for match in _INN.finditer(text):
        if _is_inn(match[0]):
            yield f"a person's INN that ends with {match[0][-2:]}"
    for kind, pattern in (("a token", _TOKEN), ("a password in a URL", _PASSWORD)):
        if pattern.search(text):
            yield kind


def _is_snils(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(9, 0, -1), strict=True))
    return digits[:9] > "001001998" and int(digits[9:]) == total % 101 % 100


def _is_inn(digits: str) -> bool:
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    first = sum(int(digit) * weight for digit, weight in zip(digits, weights[1:], strict=False))
    second = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return digits[10:] == f"{first % 11 % 10}{second % 11 % 10}"


@dataclass(eq=False)
class LogScanner:
    """Collects what was found in the words of each test."""

    found: dict[str, set[str]] = field(default_factory=dict)
    read: int = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Read what a test, its fixtures and their ends have said; the text of a failure is no log."""
        for title, text in report.sections:
            self._look(f"{report.nodeid} ({title})", text)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Read what servers have written, and fail where anything was found."""
        factory: pytest.TempPathFactory = session.config._tmp_path_factory  # type: ignore[attr-defined]
        for name in _WRITTEN:
            for path in sorted(factory.getbasetemp().rglob(name)):
                if path.is_file():
                    self._look(str(path), _words(path))
        if self.found and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say where which kind of secret stands."""
        for place, kinds in self.found.items():
            terminalreporter.write_line(f"LOGGED {', '.join(sorted(kinds))}: {place}", red=True)

    def _look(self, place: str, text: str) -> None:
        self.read += len(text)
        if kinds := set(secrets(text)):
            self.found.setdefault(place, set()).update(kinds)


def _words(path: Path) -> str:
    return _SAID_ON_PURPOSE.sub("", path.read_text(encoding="utf-8", errors="replace"))


def pytest_configure(config: pytest.Config) -> None:
    """Listen to the whole session."""
    config.pluginmanager.register(LogScanner(), "log-scanner")
