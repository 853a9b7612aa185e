"""The `Accept` header, read as the standards of HTTP and of GraphQL over HTTP say."""

import pytest

from gateway.faults import RequestError
from gateway.transport.accept import Media, answer_media


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, Media.JSON),
        ("", Media.JSON),
        (",", Media.JSON),
        ("*/*", Media.JSON),
        ("application/*", Media.JSON),
        ("application/json", Media.JSON),
        ("APPLICATION/JSON", Media.JSON),
        ("application/json; charset=utf-8", Media.JSON),
        ("application/graphql-response+json", Media.GRAPHQL),
        ("application/graphql-response+json, application/json;q=0.9", Media.GRAPHQL),
        ("application/json;q=0.9, application/graphql-response+json", Media.GRAPHQL),
        ("application/json, application/graphql-response+json", Media.GRAPHQL),
        ("application/json, application/graphql-response+json;q=0.5", Media.JSON),
        ("application/json;q=0, */*", Media.GRAPHQL),
        ("text/html, */*;q=0.1", Media.JSON),
        ("application/graphql-response+json;q=0, */*", Media.JSON),
        ("text/event-stream", Media.EVENTS),
        ("text/event-stream;q=0.5", Media.EVENTS),
        ("text/event-stream, application/json;q=0.9", Media.EVENTS),
        ("text/event-stream, application/json", Media.JSON),
        ("text/event-stream, application/graphql-response+json", Media.GRAPHQL),
        ("text/event-stream, */*", Media.JSON),
        ("text/event-stream;q=0, */*", Media.JSON),
        ("text/event-stream;q=oops, application/json;q=0.1", Media.JSON),
    ],
)
def test_media_type_is_chosen(accept: str | None, media: Media) -> None:
    assert answer_media(accept) is media


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "text/*",
        "application/json;q=0",
        "image/png, application/xml",
        "*/*;q=0",
        "application/json;charset=utf-16",
    ],
)
def test_nothing_of_ours_is_refused(accept: str) -> None:
    with pytest.raises(RequestError) as refused:
        answer_media(accept)
    assert refused.value.status == 406
