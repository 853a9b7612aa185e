"""Which columns of which nouns a search's marks read: those of its condition and no others."""

from collections.abc import Iterator, Mapping

from auth.rights import FieldClass
from projections.matching.marks import NOUNS, classes_in
from projections.matching.noun import Needs
from projections.matching.root import FOUND
from projections.matching.texts import TEXTS
from projections.search.condition import AllOf, AnyOf, Condition, Fact, NotOf, Related, Search
from sources.rows import Columns


def needs(search: Search) -> Mapping[str, Columns]:
    """By noun: the columns, each once."""
    noun = FOUND[search.root].noun
    found: dict[str, dict[str, None]] = {}
    text: Needs = {} if search.text is None else TEXTS[search.root].needs
    for owner, each in ((noun, text), *_needs(search.where, noun)):
        for named, columns in each.items():
            found.setdefault(named or owner, {}).update(dict.fromkeys(columns))
    return {each: tuple(columns) for each, columns in found.items()}


def _needs(condition: Condition, noun: str) -> Iterator[tuple[str, Needs]]:
    """What each fact and relation reads, with the noun of which it is one."""
    match condition:
        case NotOf(part):
            yield from _needs(part, noun)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _needs(part, noun)
        case Fact(name):
            yield noun, NOUNS[noun].facts[name].needs
        case Related(name, where=where):
            relation = NOUNS[noun].relations[name]
            yield noun, relation.needs
            yield from _needs(where, relation.noun)
    person = NOUNS[noun].person
    if person is not None and classes_in(condition) - {FieldClass.PUBLIC}:
        yield noun, person.needs
