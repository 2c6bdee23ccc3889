"""A desk with cases on it: what the pages' tests file, take up and read."""

from typing import Any

from tests.cases.bench import Bench
from tests.console.desk import Desk

from hegui.cases import Filed, assign, read_words
from hegui.store import tables
from hegui.world import new_id

#: What a reviewer types; the other fields of the form are filled in already.
TYPED = {
    "outcome": "upheld",
    "explanation": "这段话引用骗子的原话来提醒别人，不是诈骗，当时不应拦截。",
    "facts": "读了被拦的回答：通篇是防骗说明。",
    "ground": "none",
}
FORM = {
    **TYPED,
    "reference": "the house's list",
    "category": "fraud_malware",
    "automated_detection": "yes",
    "automated_decision": "not_automated",
    "scope": "this one answer",
    "territory": "CN",
    "applied": "2026-01-05T12:00",
    "ends": "",
    "redress": "Write to the provider.",
}


class Casework(Bench):
    """Files cases for the people of a desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.store, desk.house.person_keys, desk.world)
        self.desk = desk

    def taken(self, role: str = "reviewer", **filed: Any) -> Filed:
        """An appeal that the member of that role has taken up."""
        return self.assigned(self.desk.staff[role], **filed)

    def opened(self, role: str = "reviewer", **filed: Any) -> Filed:
        """One whose words they have opened besides."""
        new = self.taken(role, **filed)
        read_words(self.store, self.world, new.case_id, self.desk.staff[role])
        return new

    def against(self, role: str, statement: str = "规则太宽。") -> Filed:
        """An appeal against a stop by a rule that the member of that role added."""
        subject = self.stop(pack=new_id(self.world), added_by=self.desk.staff[role].id)
        return self.file(statement, subject=subject)

    def take(self, filed: Filed, role: str) -> None:
        """The member of that role takes a case up."""
        assign(self.store, self.world, filed.case_id, self.desk.staff[role])

    def count(self, event: str) -> int:
        """How often something happened to any case."""
        return sum(row.event == event for row in self.rows(tables.case_event))
