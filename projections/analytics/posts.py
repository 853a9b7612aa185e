"""Posts in SQL, and those of them that nobody occupies."""

import datetime as dt
from dataclasses import replace

from projections.analytics.columns import OF_POST, Told
from projections.analytics.question import Dimension, Question
from projections.analytics.rows import Part, Rows

D = Dimension


class Posts(Rows):
    """Posts, and those of them that nobody occupies."""

    columns = OF_POST

    def __init__(self, question: Question, day: dt.date) -> None:
        super().__init__(question, day)
        self.told = Told(
            OF_POST, self.binder, day, question.branches, question.by, organization="u.organization"
        )
        self.groups = [self.told.grouped(each) for each in question.by]
        self.conditions = [self.told.condition(each) for each in question.where]

    def part(self) -> Part:
        """The statement of both."""
        apart = D.DEPARTMENT in self.question.dimensions
        lines = self._by_department() if apart else f"select * from post u{self._at('u')}"
        where = f" where {' and '.join(self.conditions)}" if self.conditions else ""
        sql = (
            f"select {self.keyed}coalesce(sum(u.posts), 0)::numeric / 100 as posts,"
            " coalesce(sum(greatest(u.posts - u.taken, 0)), 0)::numeric / 100 as vacancies"
            f" from ({lines}) u"
            f" left join organization o on o.organization = u.organization {self.told.joins()}{where}"
            f"{self.grouping()}"
        )
        # Lines of many houses are too many to be held at once: two indexes give them in their order.
        return replace(self.whole(sql, ["posts", "vacancies"]), sorted=apart)

    def _by_department(self) -> str:
        """What is planned and occupied in each department, in whole hundredths as rates are.

        In one pass: how many lines a house has is guessed badly, and so would be how to join both sides.
        """
        line = "organization, department_id, position_code"
        planned = f"{line}, (posts * 100)::integer as posts, null::integer as rate"
        posts = f"select {planned} from staffing_unit u{self._at('u')}"
        taken = f"select {line}, null, rate from staff s{self._at('s')}"
        return (
            f"select {line}, sum(posts) as posts, coalesce(sum(rate), 0) as taken"
            f" from ({posts} union all {taken}) b group by {line} having count(posts) > 0"
        )

    def _at(self, alias: str) -> str:
        """Only of the organizations that are asked about, before anything is summed."""
        told = Told(
            OF_POST, self.binder, self.day, self.question.branches, organization=f"{alias}.organization"
        )
        found = [told.condition(each) for each in self.question.where if each.dimension is D.ORGANIZATION]
        scope = self.question.scope
        if scope and scope.organizations is not None:
            found.append(told.at(sorted(scope.organizations), branches=False))
        return f" where {' and '.join(found)}" if found else ""
