"""AI-content labels: the seven fields, provider codes, and the rule for text labels."""

from hegui.marks.errors import MarksError
from hegui.marks.label import Label
from hegui.marks.provider import DEMO_CODE, ProviderCode, is_demo
from hegui.marks.text import has_elements
from hegui.marks.uscc import uscc_check_digit

__all__ = [
    "DEMO_CODE",
    "Label",
    "MarksError",
    "ProviderCode",
    "has_elements",
    "is_demo",
    "uscc_check_digit",
]
