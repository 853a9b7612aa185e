"""What is cut from a message before it leaves: quoted values, and whatever looks like a SNILS."""

import re

_SPACE = r"[\s\-\u2010-\u2015]*"
_LIKE_SNILS = re.compile(rf"(?<!\d)\d{{3}}{_SPACE}\d{{3}}{_SPACE}\d{{3}}{_SPACE}\d{{2}}(?!\d)")
_FOUND = re.compile(r"[,;.]? [Ff]ound: .*", re.DOTALL)
_CANNOT_REPRESENT = re.compile(r"(cannot represent [^:]*): .*", re.DOTALL)
_PYTHON_DIGITS = re.compile(r"Exceeds the limit \(\d+ digits\)[^']*")


def scrubbed(text: str) -> str:
    """The text with everything that looks like a SNILS (eleven digits) masked."""
    return _LIKE_SNILS.sub("***-***-*** **", text)


def without_value(message: str) -> str:
    """graphql-core's message about a bad value without the value, which may be personal."""
    cut = _CANNOT_REPRESENT.sub(r"\1", _FOUND.sub("", message))
    return _PYTHON_DIGITS.sub("the number has too many digits", cut).rstrip(".,;: ") + "."
