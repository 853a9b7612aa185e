"""`svod documents`: whether a manifest of trusted documents fits the schema and the limits.

The types of the schema are imported where they are asked for: making them takes longer than most commands do.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gateway.commands.refusal import RefusalError
from gateway.commands.terminal import output
from gateway.settings import environment_settings
from gateway.trusted.manifest import Document, documents

if TYPE_CHECKING:
    from gateway.operation.prepare import Preparation

app = typer.Typer(no_args_is_help=True)


@app.callback()
def trusted() -> None:
    """Trusted documents: check a manifest of them."""


@app.command()
def check(
    manifest: Annotated[
        Path, typer.Argument(help="Apollo's or Relay's manifest, a map, or a list of files.")
    ],
) -> None:
    """Validate each document of a manifest against the schema and the limits; name every fault."""
    from gateway.build import built_schema
    from gateway.limits import Limits
    from gateway.operation.prepare import Preparation

    found = documents(manifest)
    preparation = Preparation(built_schema().graphql, Limits.of(environment_settings()))
    faults = [line for document in found for line in _faults(preparation, document)]
    for line in faults:
        output().print(line, soft_wrap=True, markup=False, highlight=False)
    if faults:
        raise RefusalError(str(manifest), f"has {len(faults)} faults in {len(found)} documents")
    output().print(f"{len(found)} documents, each fits the schema and the limits", soft_wrap=True)


def _faults(preparation: "Preparation", document: Document) -> Iterator[str]:
    """What is wrong with one document, a line each."""
    from gateway.faults import RequestError

    named = f"{document.identity} {document.name}" if document.name else document.identity
    if document.is_altered:
        yield f"{named}: the id is not the SHA-256 of the text"
    try:
        preparation.prepare(document.text)
    except RequestError as error:
        for fault in error.faults:
            place = ", ".join(f"line {each['line']}, column {each['column']}" for each in fault.locations)
            yield f"{named}: {fault.code}: {fault.message}" + (f" ({place})" if place else "")
