"""The tokens of a parsed document, which hold one another in a chain that goes both ways."""

from collections.abc import Iterable

from graphql import DocumentNode


def untie(documents: Iterable[DocumentNode]) -> None:
    """Let each token of these go by itself, once nobody reads them in their order any more.

    A chain that goes both ways is freed by the collector of cycles alone: thousands of documents that come
    and go would have it stop everything for a second at a time.
    """
    for document in documents:
        token = document.loc.start_token if document.loc else None
        while token is not None:
            following = token.next
            token.prev = token.next = None
            token = following
