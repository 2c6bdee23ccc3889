"""Provision, duty, control: what an instrument says, what is to be done, and what shows it."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

from hegui.law.condition import Condition
from hegui.law.parameter import Grade, Modality
from hegui.law.schema import WORDS
from hegui.law.words import Said, Words

Name = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$",
        max_length=48,
        extra={
            WORDS: Words(
                "由字母和数字组成的名称，中间可用单个的点、横线、下划线，最多 48 个字符，如 GM-9.2",
                "a name of letters and digits with single dots, hyphens or underscores between, "
                "up to 48 characters, such as GM-9.2",
            )
        },
    ),
]
#: ``PACK/ID`` of something in another pack, or in the same one.
Ref = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*/[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$",
        extra={
            WORDS: Words(
                "规则包名/编号，如 cn-genai-measures-2023/GM-9.2",
                "PACK/ID, such as cn-genai-measures-2023/GM-9.2",
            )
        },
    ),
]


class Who(StrEnum):
    """Whom a provision binds, or to whom it gives something."""

    PROVIDER = "provider"
    USER = "user"
    PLATFORM = "platform"  # spreads content that others made
    SUPPORTER = "supporter"  # gives a provider the technology
    APP_STORE = "app_store"
    AUTHORITY = "authority"
    STATE = "state"
    INDUSTRY = "industry"
    EVERYBODY = "everybody"


class Force(StrEnum):
    """What kind of instrument it is."""

    BINDING = "binding"  # a law, a regulation, a department's rules
    MANDATORY_STANDARD = "mandatory_standard"
    RECOMMENDED_STANDARD = "recommended_standard"
    GUIDANCE = "guidance"
    DRAFT = "draft"  # never came into force
    FOREIGN = "foreign"


class Text(StrEnum):
    """How far the instrument's text was read."""

    READ = "read"
    QUOTED = "quoted"
    SECONDARY = "secondary"
    NOT_READ = "not_read"


class Change(StrEnum):
    """What became of a draft's provision in the final text."""

    KEPT = "kept"
    NARROWED = "narrowed"
    WIDENED = "widened"
    SOFTENED = "softened"
    MOVED = "moved"
    REMOVED = "removed"


class Consequence(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Who may do what when it is broken.

    Attributes:
        who: the authority.
        does: what it may do.
        amount: of money, in words with its currency, such as ``CNY 10000-100000``; empty: none.
        clause: where that stands.
        grade: how sure we are.
    """

    who: Words
    does: Words
    amount: str = ""
    clause: Words
    grade: Grade


class Became(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What became of a draft's provision.

    Attributes:
        change: in one word.
        to: the final provision, as ``PACK/ID``; none when it was removed.
        topic: a stable kebab-case name of the difference, e.g. ``real-names``.
        what: what changed.
        why: why it matters to a provider.
    """

    change: Change
    to: Ref | None = None
    topic: Name
    what: Words
    why: Words


class Control(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Something that a provider does so that a duty is met.

    Attributes:
        id: unique in the pack.
        text: what is done.
        checks: ids of checks that show it from evidence. A control without any is shown by an
            attestation that a person signs.
        attested: whether a person must attest it besides.
        renew: how long an attestation holds, as a span; the provider's own rhythm.
    """

    id: Name
    text: Words
    checks: tuple[str, ...] = ()
    attested: bool = False
    renew: str = "12m"


class Duty(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Something to be done, and what shows that it was.

    Attributes:
        id: unique in the pack.
        text: what must be done, in plain words.
        evidence: what shows it.
        cadence: how often or by when; none: always.
        trigger: what sets it off; none: always.
        controls: how the house meets it; at least one.
    """

    id: Name
    text: Words
    evidence: Words
    cadence: Words | None = None
    trigger: Words | None = None
    controls: Annotated[tuple[Control, ...], msgspec.Meta(min_length=1)]


class Provision(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A paragraph or an item of an instrument, in our own words.

    Attributes:
        id: unique in the pack, e.g. ``GM-9.2``.
        instrument: where it stands; none: the pack's first.
        article: the article's or clause's number as the text has it, e.g. ``9`` or ``5.2``.
        paragraph: which paragraph of the article, from 1; none: the article as a whole.
        item: which item of the paragraph, from 1; none: no item.
        clause: how people write that.
        title: what it is about, in a few words.
        text: what it says, in our words.
        who: whom it binds or serves.
        modality: how.
        grade: what our words rest on.
        source: where it was read.
        valid_from: the first day; none: with the instrument.
        valid_to: the last day; none: open.
        applies: to which services; none: as the instrument does.
        wider: whether ``applies`` alone decides, since it binds others than the instrument does,
            as where a law on one kind of service binds the stores that carry it.
        opinion: whether it is a risk of opinion, under which a stop has no further effect.
        consequence: what follows when it is broken.
        related: provisions of other packs that belong with it.
        became: of a draft: what it became.
        duties: of those it binds, what the provider must do.
    """

    id: Name
    instrument: str | None = None
    article: Said
    paragraph: int | None = None
    item: int | None = None
    clause: Words
    title: Words
    text: Words
    who: Annotated[tuple[Who, ...], msgspec.Meta(min_length=1)]
    modality: Modality
    grade: Grade
    source: Words
    valid_from: date | None = None
    valid_to: date | None = None
    applies: Condition | None = None
    wider: bool = False
    opinion: bool = False
    consequence: tuple[Consequence, ...] = ()
    related: tuple[Ref, ...] = ()
    became: tuple[Became, ...] = ()
    duties: tuple[Duty, ...] = ()
