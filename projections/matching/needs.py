"""Which columns of which nouns the marks of a search read: those of its condition and no others."""

from collections.abc import Iterator, Mapping

from auth.rights import FieldClass
from projections.matching.marks import NOUNS, classes_in
from projections.matching.noun import Needs
from projections.matching.root import FOUND
from projections.matching.texts import TEXTS
from projections.search.condition import Search
from projections.search.literals import Every, Formula, Linked, Some, Stated, formula
from sources.rows import Columns


def needs(search: Search) -> Mapping[str, Columns]:
    """By noun: the columns, each once."""
    noun = FOUND[search.root].noun
    text: Needs = {} if search.text is None else TEXTS[search.root].needs
    found: dict[str, dict[str, None]] = {}
    for owner, each in ((noun, text), *_needs(formula(search.where), noun)):
        for named, columns in each.items():
            found.setdefault(named or owner, {}).update(dict.fromkeys(columns))
    return {each: tuple(columns) for each, columns in found.items()}


def _needs(asked: Formula, noun: str) -> Iterator[tuple[str, Needs]]:
    """What each fact and relation reads, with the noun of which it is one."""
    match asked:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _needs(part, noun)
        case Stated(fact):
            yield noun, NOUNS[noun].facts[fact.name].needs
        case Linked(related, where):
            relation = NOUNS[noun].relations[related.name]
            yield noun, relation.needs
            yield from _needs(where, relation.noun)
    person = NOUNS[noun].person
    if person is not None and classes_in(asked) - {FieldClass.PUBLIC}:
        yield noun, person.needs
