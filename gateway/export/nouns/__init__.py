"""What can be exported, by name: a file a noun, with its columns."""

from collections.abc import Mapping
from typing import Final

from gateway.export.column import Noun
from gateway.export.nouns.credential import CREDENTIALS
from gateway.export.nouns.finding import FINDINGS
from gateway.export.nouns.license import LICENSES
from gateway.export.nouns.organization import ORGANIZATIONS
from gateway.export.nouns.worker import WORKERS
from gateway.export.nouns.workforce import WORKFORCE

NOUNS: Final[Mapping[str, Noun]] = {
    each.name: each for each in (WORKERS, ORGANIZATIONS, LICENSES, CREDENTIALS, WORKFORCE, FINDINGS)
}
