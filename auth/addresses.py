"""Addresses of an issuer: which can be asked without anybody exchanging the answer on its way."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_url(text: str) -> bool:
    """Whether the text is a URL rather than a file's name."""
    return urlsplit(text).scheme in ("http", "https")


def is_safe(url: str) -> bool:
    """Whether what this URL answers comes from its host: by https, or without leaving this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def is_loopback(host: str | None) -> bool:
    """Whether the host is this machine."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False
