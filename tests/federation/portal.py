"""A second subgraph, for the tests alone: a training portal; it knows workers and organizations by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NewType

import strawberry
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.schema.config import StrawberryConfig

from demo.stories import BANNED, CARDIOLOGIST, CITY_HOSPITAL, DANGLING, GONE_ORGANIZATION, HEART_CLINIC

RegistryNumber = NewType("RegistryNumber", str)
Oid = NewType("Oid", str)


@dataclass(frozen=True, slots=True)
class Held:
    """A course as the portal keeps it."""

    title: str
    student: str
    host: str


NOBODY = "77299999999999"
NO_NUMBER = "12/34"

COURSES = (
    Held("Echocardiography", CARDIOLOGIST.registry_number, CITY_HOSPITAL),
    Held("Sutures", BANNED.registry_number, CITY_HOSPITAL),
    Held("Heart failure", CARDIOLOGIST.registry_number, HEART_CLINIC),
    Held("First aid", DANGLING.registry_number, GONE_ORGANIZATION),
)
LOST_COURSES = (
    Held("Of nobody", NOBODY, CITY_HOSPITAL),
    Held("Of no number", NO_NUMBER, CITY_HOSPITAL),
    Held("Of somebody", BANNED.registry_number, CITY_HOSPITAL),
)


@strawberry.federation.type(shareable=True)
class PageInfo:
    """Relay's page, the same as Svod's."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.interface
class Node:
    """Relay's node: each subgraph has its own."""

    id: strawberry.ID


@strawberry.federation.type(keys=["registryNumber"])
class Worker:
    """Svod's worker, by his key; what the portal adds is his courses."""

    registry_number: RegistryNumber

    @strawberry.field
    def courses(self, first: int = 20) -> "CourseConnection":
        return connection([each for each in COURSES if each.student == self.registry_number], first)

    @classmethod
    def resolve_reference(cls, **key: str) -> "Worker":
        return cls(registry_number=RegistryNumber(key["registryNumber"]))


@strawberry.federation.type(keys=["oid"])
class Organization:
    """Svod's organization, by its key; what the portal adds is the number of courses it gives."""

    oid: Oid

    @strawberry.field
    def course_count(self) -> int:
        return sum(each.host == self.oid for each in COURSES)

    @classmethod
    def resolve_reference(cls, oid: str) -> "Organization":
        return cls(oid=Oid(oid))


@strawberry.federation.type(keys=["id"])
class Course(Node):
    """A course, with references into Svod."""

    title: str
    student: Worker | None
    host: Organization | None


@strawberry.type
class CourseConnection:
    """The portal's own connection, with the page that it shares."""

    nodes: list[Course]
    page_info: PageInfo


def connection(held: Sequence[Held], first: int) -> CourseConnection:
    """The first courses of these."""
    nodes = [
        Course(
            id=strawberry.ID(f"course-{each.title}"),
            title=each.title,
            student=Worker(registry_number=RegistryNumber(each.student)),
            host=Organization(oid=Oid(each.host)),
        )
        for each in held[:first]
    ]
    page = PageInfo(
        has_next_page=len(held) > first,
        has_previous_page=False,
        start_cursor=nodes[0].id if nodes else None,
        end_cursor=nodes[-1].id if nodes else None,
    )
    return CourseConnection(nodes=nodes, page_info=page)


@strawberry.type
class Query:
    """What the portal is asked."""

    @strawberry.field
    def courses(self, first: int = 20) -> CourseConnection:
        return connection(COURSES, first)

    @strawberry.field
    def lost_courses(self) -> CourseConnection:
        return connection(LOST_COURSES, 20)


SCHEMA = strawberry.federation.Schema(
    Query,
    types=[Worker, Organization],
    config=StrawberryConfig(
        scalar_map={
            RegistryNumber: strawberry.scalar(name="RegistryNumber", serialize=str, parse_value=str),
            Oid: strawberry.scalar(name="Oid", serialize=str, parse_value=str),
        }
    ),
    federation_version="2.9",
)


def portal() -> Starlette:
    """The portal's application."""
    return Starlette(routes=[Route("/graphql", GraphQL(SCHEMA))])
