"""Nothing that the repository holds names a package registry's host or a path of somebody's machine."""

import re

import pytest

from tests.docs.pages import ROOT, tracked

# Written in halves, so that this file is not the one that holds them.
HOSTS = [
    f"{name}.{end}"
    for name, end in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
FOLDERS = ["/" + name + "/" for name in ("root", "work", "home", "Users")]
FORBIDDEN = re.compile("|".join([*map(re.escape, HOSTS), *(rf"(?<![\w.~-]){name}" for name in FOLDERS)]))
TEMPORARY = re.compile(r"(?<![\w.])/tmp/[\w.-]")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this copy of Svod is no git repository")
@pytest.mark.parametrize("pattern", [FORBIDDEN, TEMPORARY], ids=["hosts and homes", "temporary files"])
def test_no_file_names_a_registry_host_or_a_machines_path(pattern: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert not found
