"""Where the servers are that a gateway needs: given by settings, or by Svod's own servers."""

from gateway.settings import Settings, variable


class NoAddress(Exception):
    """A server's URL is neither set nor given by Svod's own servers; names the setting."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{variable(field)} is not set")


def address(settings: Settings, field: str) -> str:
    """The address that a setting holds. Raises NoAddress."""
    found: str | None = getattr(settings, field)
    if found is None:
        raise NoAddress(field)
    return found
