"""`svod sync`, killed in the middle again and again, gives what a build without any fault gives."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Mapping

import asyncpg

from sources.registry import Registry
from tests.conftest import NewProjection
from tests.gateway.svod import environment
from tests.projections.sync.changing import registrars
from tests.projections.sync.conftest import NewStore
from tests.projections.sync.projected import ROOT, build, same

Urls = Mapping[Registry, str]

BUILDING = [
    ("update position", 3),
    ("insert into derived", 1),
    ("insert into derived", 3),
    ("create index worker_words", 1),
    ("rename to projection_old", 1),
]
"""Where a build is killed, one run after the other: a projection of another version is there before it."""

FOLLOWING = [
    ("copy staged_employment", 1),
    ("insert into employment", 2),
    ("update worker", 3),
    ("update position", 4),
    ("commit", 3),
]
"""Where changes are killed on their way."""


NEVER = ("nothing has these words", 1)


def killed_at(points: list[tuple[str, int]], urls: Urls, store: str) -> None:
    """Run `svod sync` until each point in turn, then to the end."""
    settings = {f"SVOD_{registry}_URL": url for registry, url in urls.items()}
    # The day of the registries' clock is that of the test.
    settings |= {"SVOD_PROJECTION_URL": store, "SVOD_TIME_ZONE": "UTC"}
    command = [sys.executable, "-m", "tests.projections.sync.killed", json.dumps([*points, NEVER])]
    done = subprocess.run(command, cwd=ROOT, env=environment(**settings), capture_output=True, check=True)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    *killed, whole = json.loads(done.stdout.splitlines()[-1])
    assert killed == [-9] * len(points), dict(zip(points, killed, strict=True))
    assert whole == 0


async def test_killed_at_ten_points_of_a_build_and_of_changes(
    own_registries: Urls,
    owner_urls: Urls,
    new_store: NewStore,
    new_projection: NewProjection,
    today: dt.date,
) -> None:
    killed = await new_projection(own_registries)
    connection = await asyncpg.connect(killed)
    await connection.execute("update projection.about set fingerprint = 'of another version'")
    await connection.close()
    killed_at(BUILDING, own_registries, killed)
    await same(killed, await new_projection(own_registries))
    async with registrars(owner_urls, 41, today) as changing:
        await changing.change(600)
    killed_at(FOLLOWING, own_registries, killed)
    fresh = await new_store()
    await build(fresh, own_registries, today)
    await same(killed, fresh)
