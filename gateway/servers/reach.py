"""How a command reaches the own Redis of a Svod that runs."""

from pathlib import Path

from gateway.servers.account import lent_account
from gateway.servers.folder import Folder
from gateway.servers.redis import Redis


def running_redis_url(data_dir: Path) -> str:
    """The address of the Redis in this data folder, whoever runs it."""
    return Redis(Folder(data_dir, lent_account())).url
