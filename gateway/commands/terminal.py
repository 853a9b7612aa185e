"""What is written to a terminal: plain lines, tables, faults."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

WIDE = 100_000


def output() -> Console:
    """Standard output, for answers; as wide as they are when it goes to a file or a pipe."""
    return _console(stderr=False)


def notices() -> Console:
    """Standard error, for what is said about an answer."""
    return _console(stderr=True)


def say_fault(message: str) -> None:
    """Write one line that tells why the command stopped."""
    text = Text.assemble(("svod: ", "bold red"), message)
    notices().print(text, soft_wrap=True)


def progress_bar() -> Progress:
    """A bar that fills with workers as they are loaded."""
    return progress_of("workers")


def progress_of(what: str) -> Progress:
    """Bars that fill with these, a line for each task."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(what),
        TimeElapsedColumn(),
        console=notices(),
    )


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=WIDE)
