"""Run graphql-core's own execution tests through the engine; its source is fetched for the run alone."""

import os
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
DESCRIBE = "pytest-describe==3.2.0"
TESTS = (
    "tests/execution",
    "tests/test_graphql.py",
    "tests/test_star_wars_introspection.py",
    "tests/test_star_wars_query.py",
    "tests/test_user_registry.py",
)
SETTINGS = "[pytest]\nasyncio_mode = strict\nasyncio_default_fixture_loop_scope = function\n"


def pip(*arguments: str) -> None:
    """Run this interpreter's pip quietly."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments, "--no-deps"]
    subprocess.run(command, check=True)


def main(*options: str) -> int:
    """The exit code of pytest."""
    pinned = f"graphql-core=={version('graphql-core')}"
    with TemporaryDirectory() as name:
        folder = Path(name)
        pip("download", "--no-binary", "graphql-core", "--dest", name, pinned)
        pip("install", "--target", str(folder / "site"), DESCRIBE)
        archive = next(folder.glob("graphql_core-*.tar.gz"))
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        (folder / "pytest.ini").write_text(SETTINGS)
        source = folder / archive.name.removesuffix(".tar.gz")
        paths = [str(folder / "site"), str(ROOT), str(HERE)]
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-c",
            str(folder / "pytest.ini"),
            "--rootdir",
            str(source),
        ]
        command += ["-p", "engine_plugin", "-p", "no:cacheprovider", "-p", "no:warnings", *options, *TESTS]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
        return subprocess.run(command, cwd=source, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
