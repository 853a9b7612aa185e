"""Subgraphs, what two composers make of them, and a router in front of them."""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.clients.node import HERE, environment, installed, ran

SERVICE = "{ _service { sdl } }"
COMPOSERS = ("apollo", "guild")


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A running subgraph: its name, its address, and the schema that it tells."""

    name: str
    url: str
    sdl: str


@dataclass(frozen=True, slots=True)
class Composed:
    """What a composer says of subgraphs: the supergraph, or errors; and hints."""

    supergraph: str | None
    errors: Sequence[str]
    hints: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Router:
    """A running router."""

    url: str
    client: httpx.AsyncClient

    async def ask(
        self, query: str, variables: Mapping[str, Any] | None = None, **headers: str
    ) -> dict[str, Any]:
        """The answer to a query; `headers` by their names with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = {"query": query, "variables": variables or {}}
        answer = await self.client.post(self.url, json=body, headers=named)
        return dict(answer.json())


async def introduced(client: httpx.AsyncClient, name: str, url: str) -> Subgraph:
    """A subgraph by what it tells of itself, as a composer's own tools ask for it."""
    answer = await client.post(url, json={"query": SERVICE})
    return Subgraph(name, url, answer.json()["data"]["_service"]["sdl"])


async def composed(subgraphs: Sequence[Subgraph], file: Path) -> Mapping[str, Composed]:
    """What each composer makes of these subgraphs; the file is where they are written down for it."""
    listed = [{"name": each.name, "url": each.url, "sdl": each.sdl} for each in subgraphs]
    told = json.loads(await ran("compose.mjs", str(written(file, json.dumps(listed)))))
    return {name: Composed(**told[name]) for name in COMPOSERS}


def written(file: Path, text: str) -> Path:
    """The file, with this text in it."""
    file.write_text(text, encoding="utf-8")
    return file


@asynccontextmanager
async def routed(supergraph: Path) -> AsyncIterator[Router]:
    """@apollo/gateway over a supergraph, in a process of its own for as long as the block lasts."""
    folder = await asyncio.to_thread(installed)
    process = await asyncio.create_subprocess_exec(
        folder / "node",
        HERE / "router.mjs",
        supergraph,
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        url = (await process.stdout.readline()).decode().strip()
        async with httpx.AsyncClient(timeout=30, verify=False) as client:
            yield Router(url, client)
    finally:
        process.stdin.close()
        await process.wait()
