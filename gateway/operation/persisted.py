"""Queries by their ids: trusted documents, and automatic persisted ones, which the gateway has seen before.

The store's keys are digests of query texts; a text that quotes a SNILS is never stored.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from re import compile as pattern
from sys import getsizeof
from time import time
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.limits import Limits
from gateway.operation.cache import BoundedCache
from gateway.operation.execution import OperationRequest
from gateway.operation.scrub import scrubbed

_DIGEST = pattern(r"[0-9a-f]{64}")
_INDEX = "svod:persisted"
_ALGORITHM = "sha256:"
PATIENCE_SECONDS = 1.0


class Trusted(Protocol):
    """The documents that the operators trust."""

    def text(self, identity: str) -> str | None:
        """The text of that id, None where there is none."""


class QueryStore(Protocol):
    """Where query texts are kept by their digest, beyond this process."""

    async def text(self, digest: str) -> str | None:
        """The text of that digest, None when it is not kept."""

    async def keep(self, digest: str, text: str) -> None:
        """Keep a text under its digest."""


class NoStore:
    """A store that keeps nothing: every gateway process learns for itself."""

    async def text(self, digest: str) -> str | None:  # noqa: ARG002
        return None

    async def keep(self, digest: str, text: str) -> None:
        """Nothing is kept."""


class RedisStore:
    """Texts in Redis, forgotten a while after their last use, and never more of them than the limit.

    A Redis that is away or slow costs the caller one more round trip, never the answer.
    """

    def __init__(self, redis: Redis, *, seconds: int, most: int) -> None:
        self._redis = redis
        self._seconds = seconds
        self._most = most

    async def text(self, digest: str) -> str | None:
        with suppress(RedisError, TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._found(digest)
        return None

    async def keep(self, digest: str, text: str) -> None:
        with suppress(RedisError, TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._keep(digest, text)

    async def _found(self, digest: str) -> str | None:
        found = await self._redis.getex(f"{_INDEX}:{digest}", ex=self._seconds)
        if found is not None:
            await self._redis.zadd(_INDEX, {digest: time()}, xx=True)
        return found.decode() if isinstance(found, bytes) else found

    async def _keep(self, digest: str, text: str) -> None:
        async with self._redis.pipeline() as pipe:
            pipe.set(f"{_INDEX}:{digest}", text.encode(), ex=self._seconds)
            pipe.zadd(_INDEX, {digest: time()})
            pipe.zcard(_INDEX)
            *_, count = await pipe.execute()
        if count > self._most:
            oldest = await self._redis.zrange(_INDEX, 0, count - self._most - 1)
            await self._redis.zrem(_INDEX, *oldest)
            await self._redis.delete(*(f"{_INDEX}:{_name(name)}" for name in oldest))


class PersistedQueries:
    """Query texts by id: first the trusted ones, then by digest this process's memory, then the store."""

    def __init__(self, store: QueryStore, limits: Limits, trusted: Trusted | None = None) -> None:
        self._store = store
        self._trusted = trusted
        self._near: BoundedCache[str] = BoundedCache(limits.documents // 10)

    @property
    def remembered(self) -> int:
        """The characters of the texts in this process's memory."""
        return self._near.weight

    async def text(self, request: OperationRequest) -> str | None:
        """The text to execute. Raises RequestError for an id that is unknown or does not fit the text."""
        query, digest = request.query, _digest(request.extensions)
        if digest is None:
            return query if request.document_id is None or query is not None else self._named(request)
        if query is not None:
            if sha256(query.encode()).hexdigest() != digest:
                raise refused(ErrorCode.PERSISTED_QUERY_MISMATCH, "provided sha does not match query")
            return query
        text = self._of_trust(digest)
        if text is not None:
            return text
        text = self._near.get(digest)
        if text is None:
            text = await self._store.text(digest)
        if text is None:
            raise refused(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
        self._near.put(digest, text, getsizeof(text))
        return text

    def _named(self, request: OperationRequest) -> str:
        text = self._of_trust(request.document_id or "")
        if text is None:
            raise refused(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "There is no trusted document of this id.")
        return text

    def _of_trust(self, identity: str) -> str | None:
        return self._trusted.text(identity.removeprefix(_ALGORITHM)) if self._trusted is not None else None

    async def keep(self, query: str | None, extensions: Mapping[str, Any]) -> None:
        """Keep a text that came with its digest and proved valid."""
        digest = _digest(extensions)
        if digest is None or query is None or self._near.get(digest) is not None or scrubbed(query) != query:
            return
        self._near.put(digest, query, getsizeof(query))
        await self._store.keep(digest, query)


def named(request: OperationRequest) -> bool:
    """Whether a request names its query by an id."""
    return request.document_id is not None or request.extensions.get("persistedQuery") is not None


def _name(member: object) -> str:
    return member.decode() if isinstance(member, bytes) else str(member)


def _digest(extensions: Mapping[str, Any]) -> str | None:
    """The digest that a request names, in the protocol's only version."""
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    if not isinstance(persisted, dict) or persisted.get("version") != 1:
        raise refused(ErrorCode.BAD_REQUEST, "`extensions.persistedQuery.version` should be 1.")
    digest = persisted.get("sha256Hash")
    if not isinstance(digest, str) or _DIGEST.fullmatch(digest) is None:
        told = "`extensions.persistedQuery.sha256Hash` should be 64 hexadecimal digits in lower case."
        raise refused(ErrorCode.BAD_REQUEST, told)
    return digest
