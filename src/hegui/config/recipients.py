"""Who outside receives anything from the house, and what of it is not stated (design rule 9)."""

import msgspec

from hegui.config.model import Recipient, Settings


def outside(settings: Settings) -> dict[str, Recipient]:
    """Every recipient by the place of its table; models in this process are none.

    Mail and webhook receive notices without personal content, upstreams people's text.
    """
    found = {
        f"upstream[{place}]": upstream.recipient
        for place, upstream in enumerate(settings.upstream)
        if upstream.kind == "openai"
    }
    if settings.mail.host:
        found["mail"] = settings.mail.recipient
    if settings.webhook.url:
        found["webhook"] = settings.webhook.recipient
    return found


def unsaid(recipient: Recipient) -> tuple[str, ...]:
    """What is not stated and has to be."""
    values = msgspec.structs.asdict(recipient)
    return tuple(
        name
        for name, value in values.items()
        if value is None or (isinstance(value, str) and not value.strip())
    )
