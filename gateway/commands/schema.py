"""`svod schema`: the contract, printed from the code and compared with the committed one."""

import sys
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from gateway.build import built_schema
from gateway.commands.refusal import RefusalError

COMMITTED = Path("schema.graphql")

app = typer.Typer(no_args_is_help=True)


@app.callback()
def schema() -> None:
    """The schema: print it, or compare the committed one with the code."""


@app.command("print")
def print_schema() -> None:
    """Print the schema as the code has it."""
    sys.stdout.write(sdl())


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The committed schema.")] = COMMITTED,
) -> None:
    """Compare the committed schema with the code; print what differs."""
    try:
        committed = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise RefusalError(str(file), "cannot be read. Print it first: make schema") from exc
    differences = unified_diff(
        committed.splitlines(keepends=True), sdl().splitlines(keepends=True), str(file), "the code"
    )
    found = list(differences)
    if found:
        sys.stdout.writelines(found)
        raise RefusalError(str(file), "differs from the code. If that is meant: make schema")


def sdl() -> str:
    """The schema in GraphQL's own language, with what federation needs."""
    return built_schema().strawberry.as_str().rstrip() + "\n"
