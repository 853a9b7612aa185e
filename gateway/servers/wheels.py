"""Where the packages that carry the servers lie."""

from importlib.util import find_spec
from pathlib import Path

from gateway.servers.errors import StartFailed


def in_wheel(package: str) -> Path:
    """The package's folder, found without importing it: one of them warns at import when HOME is bare."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise StartFailed("servers", f"the package {package} is not installed")
    return Path(spec.submodule_search_locations[0])
