"""Whose address it is, for counting: one holder of IPv6 has a network of them."""

from socket import AF_INET6, inet_pton

_MAPPED = bytes(10) + b"\xff\xff"


def network(address: str | None) -> object:
    """What requests of the public are counted by: the IPv4 address, or the first 64 bits of an IPv6 one."""
    if address is None or ":" not in address:
        return address
    try:
        packed = inet_pton(AF_INET6, address.partition("%")[0])
    except OSError:
        return None
    if packed.startswith(_MAPPED):
        return ".".join(str(byte) for byte in packed[12:])
    return packed[:8]
