"""Explicit marks: what people see or hear (GB 45438-2025, clause 5), put in and checked."""

from hegui.marks.explicit.adding import add
from hegui.marks.explicit.checking import check
from hegui.marks.explicit.standard import Rule, Standard, standard
from hegui.marks.explicit.wish import Corner, End, Progress

__all__ = ["Corner", "End", "Progress", "Rule", "Standard", "add", "check", "standard"]
