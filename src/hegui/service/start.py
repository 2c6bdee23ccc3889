"""What a start puts on record: that it happened, what the settings come to, and how long it was."""

import hashlib
from typing import Any

import msgspec

from hegui import __version__
from hegui.config import Settings
from hegui.config.recipients import outside, unsaid
from hegui.ledger.kinds import ServiceDeclared, ServiceOutage, ServiceStarted
from hegui.marks import is_demo
from hegui.service.instance import Away
from hegui.store import Store, record
from hegui.world import World, new_id

#: ``labels.sampled`` is told in ten-thousandths, since evidence holds whole numbers.
_OF = 10_000


def record_start(store: Store, settings: Settings, world: World, away: Away | None) -> None:
    """Put a start on record, in one transaction.

    Args:
        store: the house's database.
        settings: the settings in force.
        world: clock and randomness.
        away: since when nobody served before; none: somebody did, or nobody ever had.
    """
    with store.begin() as conn:
        if away is not None:
            outage = ServiceOutage(
                **_common(world), since=away.since, until=away.until, clean=away.clean
            )
            record(conn, outage)
        started = ServiceStarted(
            **_common(world),
            version=__version__,
            settings=_digest(settings),
            recipients=_digest(outside(settings)),
        )
        record(conn, started)
        record(conn, ServiceDeclared(**_common(world), **declared(settings)))


def declared(settings: Settings) -> dict[str, Any]:
    """What the settings come to, as far as duties ask for it: the fields of the declaration.

    A demonstration's contact is nobody's. What the service is for counts once it is said whole:
    for whom, on which occasions and for which uses.
    """
    demo = is_demo(settings.provider.code)
    service = settings.service
    said = [each.strip() for each in (service.public, service.occasions, service.uses)]
    recipients = outside(settings).values()
    return {
        "demo": demo,
        "contact": not demo and bool(settings.provider.contact.strip()),
        "disclosure": _digest(said) if all(said) else "",
        "recipients": len(recipients),
        "unnamed": sum(bool(unsaid(one)) for one in recipients),
        "passed_days": settings.retention.passed_days,
        "stopped_days": settings.retention.stopped_days,
        "sampled": round(settings.labels.sampled * _OF),
        "unlabelled": settings.labels.unlabelled,
    }


def _common(world: World) -> dict[str, Any]:
    return {"act": new_id(world), "at": world.now(), "nonce": world.token(16).hex()}


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()
