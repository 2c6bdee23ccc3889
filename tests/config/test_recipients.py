"""Recipients outside the house, and what of them is not stated."""

import pytest
from msgspec.structs import replace

from hegui.config import TEMPLATE, Mail, Recipient, Upstream, Webhook, parse
from hegui.config.recipients import outside, unsaid

DEMO = parse(TEMPLATE, "template")
FULL = Recipient(operator="o", country="CN", purpose="p", contract="c", keeps=False, trains=False)


def test_a_model_in_this_process_is_nobody_outside() -> None:
    assert outside(DEMO) == {}


def test_every_way_out_has_its_recipient() -> None:
    settings = replace(
        DEMO,
        upstream=[*DEMO.upstream, Upstream(name="real", recipient=FULL)],
        mail=Mail(host="smtp.example", recipient=replace(FULL, country="SG")),
        webhook=Webhook(url="https://hooks.example"),
    )
    assert outside(settings) == {
        "upstream[1]": FULL,
        "mail": replace(FULL, country="SG"),
        "webhook": Recipient(),
    }


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ()),
        ({"country": " "}, ("country",)),
        ({"operator": "", "keeps": None}, ("operator", "keeps")),
        ({"trains": True}, ()),
    ],
)
def test_what_is_not_stated(changes: dict[str, str | None], missing: tuple[str, ...]) -> None:
    assert unsaid(replace(FULL, **changes)) == missing
