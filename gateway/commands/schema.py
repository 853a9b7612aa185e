"""`svod schema`: the contract, printed from the code and compared with the committed one.

The types of the schema are imported where they are asked for: making them takes longer than most commands do.
"""

import sys
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from auth.principal import Role
from auth.table import PUBLIC
from gateway.commands.refusal import RefusalError

COMMITTED = Path("schema.graphql")

app = typer.Typer(no_args_is_help=True)


@app.callback()
def schema() -> None:
    """The schema: print it, or compare the committed one with the code."""


@app.command("print")
def print_schema(
    role: Annotated[
        str | None,
        typer.Option(help="Only what this role may use; `public` is a caller without a token."),
    ] = None,
) -> None:
    """Print the schema as the code has it."""
    sys.stdout.write(sdl() if role is None else shown_sdl(role))


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


def shown_sdl(role: str) -> str:
    """The part of the schema that a role may use."""
    from graphql import print_ast

    from gateway.build import built_schema
    from gateway.classes import gate_of
    from gateway.shown import ShownSchemas

    built = built_schema()
    if role not in (PUBLIC, *Role):
        raise RefusalError("--role", f"should be one of: {', '.join((PUBLIC, *Role))}")
    roles = frozenset(each for each in Role if each == role)
    shown = ShownSchemas(built.graphql, gate_of(built)).printed(sdl(), roles)
    return print_ast(shown).rstrip() + "\n"


def sdl() -> str:
    """The schema in GraphQL's own language, with what federation needs."""
    from gateway.build import built_schema

    return built_schema().strawberry.as_str().rstrip() + "\n"
