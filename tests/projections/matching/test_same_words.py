"""The search and the marks know the same facts and relations, by the same names."""

import pytest

from projections.matching.marks import NOUNS
from projections.matching.root import FOUND
from projections.search.catalog import ENTITIES, ROOTS

NAMES = {
    "worker": "Worker",
    "employment": "Employment",
    "restriction": "Restriction",
    "organization": "Organization",
    "license": "License",
    "credential": "Credential",
    "category": "QualificationCategory",
    "education": "Education",
    "training": "Training",
}
"""What a table of the projection is called as a noun."""


def test_every_entity_is_a_noun() -> None:
    assert {NAMES[table] for table in ENTITIES} == set(NOUNS)
    assert {root: NAMES[entity.table] for root, entity in ROOTS.items()} == {
        root: found.noun for root, found in FOUND.items()
    }


@pytest.mark.parametrize("table", ENTITIES)
def test_a_noun_has_the_facts_and_relations_of_its_entity(table: str) -> None:
    entity, noun = ENTITIES[table], NOUNS[NAMES[table]]
    assert set(noun.facts) == set(entity.facts)
    assert {name: relation.noun for name, relation in noun.relations.items()} == {
        name: NAMES[relation.target] for name, relation in entity.relations.items()
    }
