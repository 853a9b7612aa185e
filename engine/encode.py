"""An answer as JSON."""

from typing import Any

import orjson
from graphql import ExecutionResult


def encoded(result: ExecutionResult, extensions: dict[str, Any] | None = None) -> bytes:
    """The answer's bytes; values of native scalars are written by the encoder."""
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors]
    if extensions:
        body["extensions"] = extensions
    return orjson.dumps(body)
