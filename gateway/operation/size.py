"""How much memory a prepared document takes, in bytes: told from its text and tokens, as measured."""

from sys import getsizeof
from typing import Final

from graphql import DocumentNode

from gateway.faults import RequestError

DOCUMENT: Final = 4_000
"""Bytes of the smallest document: its operation, its cost, what the engine and the gate keep of it."""

TOKEN: Final = 450
"""Bytes for each token: itself, and the nodes and facts that were made of it (430 to 510 were measured)."""

FAULT: Final = 1_000
"""Bytes for each fault that a wrong text was refused for."""


def document_size(text: str, document: DocumentNode) -> int:
    """The bytes of a document that is kept with all that was made of it once."""
    return DOCUMENT + getsizeof(text) + TOKEN * _tokens(document)


def refusal_size(text: str, error: RequestError) -> int:
    """The bytes of a wrong text that is kept with what is wrong with it."""
    told = sum(getsizeof(fault.message) for fault in error.faults)
    return getsizeof(text) + told + FAULT * len(error.faults)


def _tokens(document: DocumentNode) -> int:
    """The tokens that a parsed document holds on to."""
    count, token = 0, document.loc.start_token if document.loc else None
    while token is not None:
        count, token = count + 1, token.next
    return count
