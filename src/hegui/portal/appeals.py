"""What the portal needs to know of an appeal before it is filed."""

from sqlalchemy import select

from hegui.cases import APPEAL
from hegui.law import parameter
from hegui.store import Store, tables
from hegui.web.language import Language
from hegui.web.rules import Rule, rule


def person_of(store: Store, decision_id: str) -> str | None:
    """Whose generation a decision stopped, or none: unknown, or erased since; blocking."""
    decision, owner = tables.decision, tables.generation_person
    query = (
        select(owner.c.person_id)
        .join(decision, decision.c.generation_id == owner.c.generation_id)
        .where(decision.c.id == decision_id)
    )
    with store.read() as conn:
        return conn.scalar(query)


def answer_rule(lang: Language) -> Rule:
    """The rule that says how long the answer to an appeal may take."""
    return rule(APPEAL.answer_rule, parameter(APPEAL.answer_rule).value, lang)
