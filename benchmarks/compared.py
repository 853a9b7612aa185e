"""Who is compared: the gateway, then the others."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from auth.principal import Role
from benchmarks.servers import Subject
from demo import stories
from gateway.commands.token import signed_token

NODE = Path(__file__).parent / "node"
MINUTES = 60


def gateway(data_dir: Path) -> Subject:
    """The gateway, asked by an employer: of those whose staff it is, or of another one."""

    @cache
    def sign(organizations: Sequence[str]) -> str:
        named = list(organizations) or [stories.CITY_HOSPITAL]
        claims = {"sub": "benchmark", "roles": [Role.EMPLOYER], "organizations": named}
        return signed_token(data_dir, claims, MINUTES)

    return Subject(
        "svod",
        "`svod serve`: rights on, an employer's token checked at each request",
        (str(Path(sys.executable).with_name("svod")), "serve"),
        sign=sign,
    )


def subjects(data_dir: Path) -> list[Subject]:
    """The gateway, then those that it is compared with; Mercurius only where there is Node.js."""
    python = sys.executable
    found = [
        gateway(data_dir),
        Subject(
            "floor",
            "bare uvicorn (uvloop, httptools), asyncpg and orjson by hand for each question; no GraphQL,"
            " no rights",
            (python, "-m", "benchmarks.subjects.floor"),
            graphql=False,
        ),
        Subject(
            "stock",
            "Strawberry's own view and executor with aiodataloader, parsed and validated documents cached,"
            " orjson; no rights",
            (python, "-m", "benchmarks.subjects.stock"),
        ),
    ]
    if node := shutil.which("node"):
        _install()
        title = "Mercurius with JIT and batched loaders on Fastify, pg with prepared statements; no rights"
        found.append(
            Subject(
                "mercurius", title, (node, str(NODE / "server.mjs")), environment={"NODE_ENV": "production"}
            )
        )
    return found


def _install() -> None:
    stamp, lock = NODE / "node_modules" / ".package-lock.json", NODE / "package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    npm = ["npm", "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"]
    subprocess.run(npm, cwd=NODE, check=True, stdout=subprocess.DEVNULL)
