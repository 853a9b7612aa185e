"""The demo's roles: a token for each, to try out what each may see."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from auth.demo_key import DEMO_ISSUER
from auth.principal import Role
from demo import stories
from gateway.commands.token import signed_token
from gateway.settings import Environment, Settings

MINUTES = 8 * 60

LABELS: Mapping[Role, tuple[str, Mapping[str, Any]]] = {
    Role.WORKER: ("A worker, on his own record", {"snils": stories.CARDIOLOGIST.snils}),
    Role.EMPLOYER: ("An employer, on his current staff", {"organizations": [stories.CITY_HOSPITAL]}),
    Role.REGULATOR: ("A regulator; with a purpose he sees personal data", {}),
    Role.INSURER: ("An insurer", {}),
    Role.AUDITOR: ("An auditor", {}),
    Role.ANALYST: ("An analyst", {}),
    Role.ADMIN: ("An administrator", {}),
    Role.SUPPORT: ("Support", {}),
}

RoleTokens = Callable[[], Sequence[Mapping[str, str]]]


def role_tokens(settings: Settings) -> RoleTokens | None:
    """What signs a token for each role, anew at each call; None where the demo's tokens count for nothing."""
    if settings.env is not Environment.DEMO or settings.issuer not in (None, DEMO_ISSUER):
        return None

    def tokens() -> list[Mapping[str, str]]:
        return [
            {"role": role.value, "label": label, "token": _token(settings, role, claims)}
            for role, (label, claims) in LABELS.items()
        ]

    return tokens


def _token(settings: Settings, role: Role, claims: Mapping[str, Any]) -> str:
    return signed_token(settings.data_dir, {"sub": f"demo-{role}", "roles": [role], **claims}, MINUTES)
