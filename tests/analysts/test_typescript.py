"""A TypeScript client typed from schema.graphql: the compiler accepts it strictly, and refuses a mistake."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from tests.analysts.conftest import Served
from tests.analysts.environment import EXAMPLES, ROOT, output
from tests.clients.node import environment, packages

pytestmark = pytest.mark.node

TYPESCRIPT = EXAMPLES / "typescript"
MISTAKES = """import type { Page, Where } from './main.js';

// @ts-expect-error no such field of a filter
export const misspelt: Where = { credentials: { some: { specialities: ['118'] } } };
// @ts-expect-error no such value
export const unknown: Where = { statuses: ['RETIRED'] };
// @ts-expect-error it may be null
export const count = (page: Page): number => page.totalCount;
// @ts-expect-error it was not asked for
export const birthday = (page: Page): unknown => page.nodes[0]?.birthDate;
"""
"""Compiles only where each of these is an error."""


class Example:
    """A copy of the example, with its packages installed from the lock."""

    def __init__(self, folder: Path, node: Path) -> None:
        self.folder, self._node = folder, node

    async def ran(self, script: str, *arguments: str) -> str:
        """What a command of the packages, or Node.js itself, printed."""
        own = self.folder / "node_modules" / ".bin" / script
        command = own if own.exists() else self._node / script
        return await output(command, *arguments, cwd=self.folder, **environment(self._node))


@pytest.fixture(scope="module")
async def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The example, its types made of the schema."""
    node = await asyncio.to_thread(packages, TYPESCRIPT)
    folder = tmp_path_factory.mktemp("typescript") / "examples" / "typescript"
    shutil.copytree(TYPESCRIPT, folder, symlinks=True)
    shutil.copy(ROOT / "schema.graphql", folder.parents[1])
    made = Example(folder, node)
    await made.ran("gql.tada", "generate", "output")
    return made


async def test_it_compiles_strictly_and_asks(
    example: Example, gateway: Served, cardiologists: list[str]
) -> None:
    (example.folder / "src" / "mistakes.ts").write_text(MISTAKES, encoding="utf-8")
    await example.ran("tsc")
    told = json.loads(await example.ran("node", "dist/main.js", gateway.address, gateway.token))
    assert told == {"names": cardiologists, "total": len(cardiologists)}
