"""Mistakes planted by hand, one at a time: each one that somebody could make who writes such a search."""

from collections.abc import Mapping
from typing import Any, Final

from tests.search.entities import ENTITIES, Relation
from tests.search.oracle import Buckets, Oracle, Search
from tests.search.roots import Root
from tests.search.statement import Statement
from tests.search.words import SCORES, plain, score, tokens


class Mistaken(Oracle):
    """An oracle that gets one thing wrong. How its statement is made wrong stands in `Wrong`."""

    Wrong: type[Statement] = Statement

    def made(self) -> Statement:
        return self.Wrong()


class NullInNot(Mistaken):
    """SQL's third truth value: what is null passes neither a test nor its negation."""

    class Wrong(Statement):
        def fact(self, entity: str, name: str, value: Any, row: str) -> str:
            return ENTITIES[entity].facts[name](value, row, self.put)


class EveryOfNone(Mistaken):
    """Every one of none does not pass."""

    class Wrong(Statement):
        def related(self, quantifier: str, relation: Relation, row: str, asked: Mapping[str, Any]) -> str:
            passes = super().related(quantifier, relation, row, asked)
            some = super().related("some", relation, row, {})
            return f"({passes} and {some})" if quantifier == "every" else passes


class NoneAsNotEvery(Mistaken):
    """`none` taken for "not every"."""

    class Wrong(Statement):
        def related(self, quantifier: str, relation: Relation, row: str, asked: Mapping[str, Any]) -> str:
            if quantifier == "none":
                return f"not {super().related('every', relation, row, asked)}"
            return super().related(quantifier, relation, row, asked)


class EveryAsSome(Mistaken):
    """`every` taken for `some`."""

    class Wrong(Statement):
        def related(self, quantifier: str, relation: Relation, row: str, asked: Mapping[str, Any]) -> str:
            return super().related("some" if quantifier == "every" else quantifier, relation, row, asked)


class ConditionsApart(Mistaken):
    """Two conditions on one related record are asked of any two."""

    class Wrong(Statement):
        def related(self, quantifier: str, relation: Relation, row: str, asked: Mapping[str, Any]) -> str:
            if quantifier != "some" or relation.one or len(asked) < 2:
                return super().related(quantifier, relation, row, asked)
            each = (Statement.related(self, "some", relation, row, {k: v}) for k, v in asked.items())
            return "(" + " and ".join(each) + ")"


class OneOfTwoQuantifiers(Mistaken):
    """Of several quantifiers given together only the first counts."""

    class Wrong(Statement):
        def _related(self, relation: Relation, row: str, asked: Mapping[str, Any]) -> str:
            some = asked if relation.one else dict(list(asked.items())[:1])
            return super()._related(relation, row, some)


class OrAsAnd(Mistaken):
    """`or` beside other conditions widens them all."""

    class Wrong(Statement):
        def where(self, entity: str, row: str, asked: Mapping[str, Any]) -> str:
            if asked.get("or") and len(asked) > 1:
                rest = {name: value for name, value in asked.items() if name != "or"}
                beside = super().where(entity, row, {"or": asked["or"]})
                return f"({super().where(entity, row, rest)}) or ({beside})"
            return super().where(entity, row, asked)


class EmptyOr(Mistaken):
    """An empty `or` lets everyone pass."""

    class Wrong(Statement):
        def of_none(self, name: str) -> str:  # noqa: ARG002
            return "true"


class EmptyListIgnored(Mistaken):
    """An empty list of values does not filter."""

    class Wrong(Statement):
        def fact(self, entity: str, name: str, value: Any, row: str) -> str:
            return "true" if value == [] else super().fact(entity, name, value, row)


class RangeWithoutItsEnd(Mistaken):
    """The last day of a range is left out."""

    class Wrong(Statement):
        def fact(self, entity: str, name: str, value: Any, row: str) -> str:
            return super().fact(entity, name, value, row).replace(" <= ", " < ")


class Replacing(Statement):
    """Statements in which one word of SQL stands for another."""

    this: str = ""
    that: str = ""

    def where(self, entity: str, row: str, asked: Mapping[str, Any]) -> str:
        return super().where(entity, row, asked).replace(self.this, self.that)


class CurrentByItsEndAlone(Mistaken):
    """An employment is current when it has no end."""

    class Wrong(Statement):
        def fact(self, entity: str, name: str, value: Any, row: str) -> str:
            if (entity, name) == ("employment", "current"):
                return f"({row}.ended_on is null) = {str(bool(value)).lower()}"
            return super().fact(entity, name, value, row)


class InForceByItsStatus(Mistaken):
    """A credential is in force when its registry says ACTIVE, whatever its term."""

    class Wrong(Statement):
        def fact(self, entity: str, name: str, value: Any, row: str) -> str:
            if (entity, name) == ("credential", "inForce"):
                return f"({row}.status = 'ACTIVE') = {str(bool(value)).lower()}"
            return super().fact(entity, name, value, row)


class RestrictionWithoutItsEnd(Mistaken):
    """A restriction that was lifted still holds."""

    class Wrong(Statement):
        def fact(self, entity: str, name: str, value: Any, row: str) -> str:
            if (entity, name) == ("restriction", "inForce"):
                return f"({row}.lifted_on is null) = {str(bool(value)).lower()}"
            return super().fact(entity, name, value, row)


class LicenseByItsHolder(Mistaken):
    """Licences go to every organization with their holder's INN, branches among them."""

    class Wrong(Replacing):
        this, that = (
            ".owner = ",
            ".holder_inn = (select i.inn from organization i where i.oid = o.oid) and '' <> ",
        )

        def related(self, quantifier: str, relation: Relation, row: str, asked: Mapping[str, Any]) -> str:
            if relation.joined != "{1}.owner = {0}.oid":
                return super().related(quantifier, relation, row, asked)
            shared = Relation("license", "{1}.holder_inn = {0}.inn")
            return super().related(quantifier, shared, row, asked)


class LicenseByItsStatedOid(Mistaken):
    """A licence without an OID is nobody's."""

    class Wrong(Replacing):
        this, that = ".owner ", ".organization_oid "


class LicensesOfFormerEmployers(Mistaken):
    """A worker's licences are those of all employers, of former ones too."""

    class Wrong(Replacing):
        this = "from under u where u.worker_id = r.id and u.license_id = "
        that = """from employment u join owned v on v.owner = u.organization_oid
            where u.worker_id = r.id and v.id = """


class SuspendedWork(Mistaken):
    """A suspended work counts as allowed."""

    class Wrong(Replacing):
        this, that = "and not a.suspended", ""


class DanglingOrganization(Mistaken):
    """An employer that its registry does not know passes a filter that asks nothing of it, or a `not`."""

    class Wrong(Statement):
        def related(self, quantifier: str, relation: Relation, row: str, asked: Mapping[str, Any]) -> str:
            found = super().related(quantifier, relation, row, asked)
            if relation.joined != "{1}.oid = {0}.organization_oid":
                return found
            return f"({found} or not {super().related('some', relation, row, {})})"


class NamesAsTheyStand(Mistaken):
    """Case and ё are told apart in names."""

    class Wrong(Statement):
        def fact(self, entity: str, name: str, value: Any, row: str) -> str:
            return super().fact(entity, name, value, row).replace("plain(", "(")


class AllReasons(Mistaken):
    """All of the reasons, not one of them."""

    class Wrong(Replacing):
        this, that = (
            ".reasons from of_worker f where f.id = r.id) &&",
            ".reasons from of_worker f where f.id = r.id) @>",
        )


class Ordering(Mistaken):
    """One that is wrong about order alone."""


class LostTieBreak(Ordering):
    """Hits that are equal come as chance has it: here, the last one first."""

    def order(self, search: Search, root: Root) -> list[str]:
        *asked, key = super().order(search, root)
        return [*asked, key.replace(" asc", " desc")] if asked else [key]


class NullsAsTheDatabaseDoes(Ordering):
    """Nulls last in ascending order and first in descending, unless something is said."""

    def ordered(self, root: Root, asked: Mapping[str, Any]) -> list[str]:
        unsaid = asked.get("direction") == "DESC" and "nulls" not in asked
        return super().ordered(root, {**asked, "nulls": "FIRST"} if unsaid else asked)


class NullsNeverFirst(Ordering):
    """Where nulls are wanted is not heard."""

    def ordered(self, root: Root, asked: Mapping[str, Any]) -> list[str]:
        return super().ordered(root, {**asked, "nulls": "LAST"})


class FirstOrderAlone(Ordering):
    """Of several orders only the first counts."""

    def order(self, search: Search, root: Root) -> list[str]:
        found = super().order(search, root)
        return [found[0], found[-1]]


class OrderedByCode(Ordering):
    """Regions come by their code, not by their name."""

    def ordered(self, root: Root, asked: Mapping[str, Any]) -> list[str]:
        found = super().ordered(root, asked)
        return [each.replace("(select k.rank", "(select k.code") for each in found]


class WorstMatchFirst(Ordering):
    """The best match comes last."""

    def ordered(self, root: Root, asked: Mapping[str, Any]) -> list[str]:
        found = super().ordered(root, asked)
        return [found[0].replace("desc", "asc"), *found[1:]] if asked["by"] == "MATCH" else found


class TypedAsItStands(Mistaken):
    """ё is not е."""

    def typed(self, query: str) -> list[str]:
        return tokens(query.replace("ё", "y").replace("Ё", "y"))


class AnyWord(Mistaken):
    """One word that matches is enough."""

    def typed(self, query: str) -> list[str]:
        return super().typed(query)[:1]


class TypoInAnyName(Mistaken):
    """A typo is forgiven in first names too."""

    def score(self, word: str, kind: str, token: str) -> int:
        forgiven = 2 if kind == "FIRST" and score(word, "SURNAME", token) == 2 else 0
        return score(word, kind, token) or forgiven


class NoSwap(Mistaken):
    """Neighbours that were swapped are two mistakes."""

    def score(self, word: str, kind: str, token: str) -> int:
        swapped = len(word) == len(token) and sorted(plain(word)) == sorted(token) and word != token
        return 0 if swapped and score(word, kind, token) == 2 else score(word, kind, token)


class SoftSignInLatin(Mistaken):
    """The soft sign that no passport writes is missed."""

    def score(self, word: str, kind: str, token: str) -> int:
        return 0 if word.isascii() and ("ь" in token or "ъ" in token) else score(word, kind, token)


class BeginningsAsWholes(Mistaken):
    """A word that begins like the one typed is worth as much as the word itself."""

    def score(self, word: str, kind: str, token: str) -> int:
        found = score(word, kind, token)
        return SCORES[kind][0] if found and found != 2 else found


class FacetOfRows(Mistaken):
    """A facet counts what belongs to the hits, not the hits."""

    async def _facet(self, root: Root, by: str, ids: Any) -> Buckets:
        asked = f"""
            select v.value, count(*) as count
            from {root.source} left join lateral ({root.facets[by]}) as v(value) on true
            where {root.id} = any($1::text[])
            group by v.value order by count(*) desc, v.value collate "C" asc nulls last"""
        return [(row["value"], row["count"]) for row in await self._line.fetch(asked, list(ids))]


class FacetWithoutNull(Mistaken):
    """Hits without a value are in no bucket."""

    async def _facet(self, root: Root, by: str, ids: Any) -> Buckets:
        return [each for each in await super()._facet(root, by, ids) if each[0] is not None]


MISTAKES: Final[tuple[type[Mistaken], ...]] = (
    NullInNot,
    EveryOfNone,
    NoneAsNotEvery,
    EveryAsSome,
    ConditionsApart,
    OneOfTwoQuantifiers,
    OrAsAnd,
    EmptyOr,
    EmptyListIgnored,
    RangeWithoutItsEnd,
    CurrentByItsEndAlone,
    InForceByItsStatus,
    RestrictionWithoutItsEnd,
    LicenseByItsHolder,
    LicenseByItsStatedOid,
    LicensesOfFormerEmployers,
    SuspendedWork,
    DanglingOrganization,
    NamesAsTheyStand,
    AllReasons,
    LostTieBreak,
    NullsAsTheDatabaseDoes,
    NullsNeverFirst,
    FirstOrderAlone,
    OrderedByCode,
    WorstMatchFirst,
    TypedAsItStands,
    AnyWord,
    TypoInAnyName,
    NoSwap,
    SoftSignInLatin,
    BeginningsAsWholes,
    FacetOfRows,
    FacetWithoutNull,
)
"""All of them."""
