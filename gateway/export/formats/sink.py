"""Where a packer writes what is to be sent: nothing stays in it that was taken."""


class Sink:
    """A file that can only be written to, and whose bytes are taken away."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.closed = False

    def write(self, content: bytes) -> int:
        """Keep it until it is taken."""
        self._pieces.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """No more is written."""
        self.closed = True

    def taken(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self._pieces)
        self._pieces.clear()
        return found
