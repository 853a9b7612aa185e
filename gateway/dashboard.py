"""The employer's page at `/dashboard`: its HTML, its files, and the documents that it asks by id."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.routing import BaseRoute, Mount, Route

from gateway import built_page
from gateway.built_page import HashedFiles, page_of
from gateway.trusted.manifest import Document, documents

BUILT: Final = built_page.BUILT / "dashboard"
MANIFEST: Final = "documents.json"


def dashboard_routes(*, folder: Path = BUILT) -> list[BaseRoute]:
    """The page and its files. Views are told apart by the query of the address, so one path serves all."""
    return [
        Route("/dashboard", page_of(folder, "dashboard"), name="dashboard"),
        Mount("/static/dashboard", HashedFiles(directory=folder, check_dir=False), name="dashboard-files"),
    ]


def dashboard_documents(folder: Path = BUILT) -> Sequence[Document]:
    """The documents that the built page asks for; none while it is not built. Raises ManifestError."""
    manifest = folder / MANIFEST
    return documents(manifest) if manifest.is_file() else ()
