"""``hegui law``: packs, scope, clocks, the status of every duty, and its papers."""

import argparse

from hegui.cli import (
    law_attest,
    law_diff,
    law_due,
    law_export,
    law_licences,
    law_names,
    law_packs,
    law_scope,
    law_show,
    law_status,
    law_text,
)
from hegui.cli.group import Groups, group

#: Each adds commands of its own.
_PARTS = (
    *(law_packs, law_show, law_names, law_scope, law_licences, law_status, law_attest),
    *(law_diff, law_text, law_due, law_export),
)


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the group."""
    commands = group(groups, "law", "规则包、适用范围、期限与义务状态 law as data, and its clocks")
    for part in _PARTS:
        part.add(commands, common)
