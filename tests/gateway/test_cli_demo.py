"""`svod demo` as a person runs it: a process of its own, its own servers, one data folder."""

import subprocess
from pathlib import Path

from tests.gateway.svod import SVOD, environment, svod


def demo(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The finished command, over this data folder."""
    return subprocess.run(
        [SVOD, "demo", *options],
        env=environment(SVOD_DATA_DIR=str(folder)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_it_loads_and_does_not_load_over_what_is_there(tmp_path: Path) -> None:
    first = demo(tmp_path, "--workers", "40", "--seed", "3", "--today", "2026-09-01")
    assert first.returncode == 0, first.stderr
    assert "loaded 40 workers as of 2026-09-01, seed 3" in first.stderr

    again = demo(tmp_path, "--workers", "50")
    assert again.returncode == 1
    assert f"{tmp_path} already holds 40 workers as of 2026-09-01; replace them with --force" in "".join(
        again.stderr.splitlines()
    )

    replaced = demo(tmp_path, "--workers", "50", "--force", "--today", "2026-09-02")
    assert replaced.returncode == 0, replaced.stderr
    assert "loaded 50 workers as of 2026-09-02, seed 1" in replaced.stderr


def test_production_has_no_demo_data(tmp_path: Path) -> None:
    urls = {f"SVOD_{name}_URL": "postgresql://a:b@h/d" for name in ("WORKERS", "ORGANIZATIONS")}
    urls |= {f"SVOD_{name}_URL": "postgresql://a:b@h/d" for name in ("LICENSES", "QUALIFICATIONS", "STORE")}
    found = svod(
        "demo", SVOD_ENV="production", SVOD_REDIS_URL="redis://h", SVOD_DATA_DIR=str(tmp_path), **urls
    )
    assert found.returncode == 1
    assert "loads Svod's own servers, and production has none" in found.stderr


def test_a_number_of_workers_that_cannot_be_is_refused() -> None:
    found = svod("demo", "--workers", "0")
    assert found.returncode == 2
    assert "--workers" in found.stderr
