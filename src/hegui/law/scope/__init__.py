"""Which instruments and duties apply to a service, and which ways it has to go, with reasons.

Three values throughout: yes, no, and unknown where an answer is wanting. Everything here is a
function of the answers, the packs and a day.
"""

from hegui.law.scope.answer import Applies, Reason
from hegui.law.scope.applies import applies, misfits
from hegui.law.scope.changes import Change, changes
from hegui.law.scope.decide import decide, from_json, to_json
from hegui.law.scope.facts import Answer, Fact, Group, Kind, Option, fact, facts, groups
from hegui.law.scope.profile import Profile, read_answers, settled
from hegui.law.scope.record import (
    DutyScope,
    InstrumentScope,
    RouteScope,
    ScopeRecord,
    Standing,
)
from hegui.law.scope.routes import Route, routes
from hegui.law.scope.sentences import answer_words

__all__ = [
    "Answer",
    "Applies",
    "Change",
    "DutyScope",
    "Fact",
    "Group",
    "InstrumentScope",
    "Kind",
    "Option",
    "Profile",
    "Reason",
    "Route",
    "RouteScope",
    "ScopeRecord",
    "Standing",
    "answer_words",
    "applies",
    "changes",
    "decide",
    "fact",
    "facts",
    "from_json",
    "groups",
    "misfits",
    "read_answers",
    "routes",
    "settled",
    "to_json",
]
