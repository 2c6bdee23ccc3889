"""The gateway's refusals, as cards in the reader's words."""

import asyncio

from hegui.portal import cards, decisions
from hegui.portal.ask import Refused
from hegui.portal.house import House
from hegui.web.language import Say


async def as_card(house: House, refused: Refused, say: Say) -> cards.Card:
    """A refusal as the reader sees it; a stop with its reasons, looked up by its decision."""
    if refused.code != "content_filter":
        contact = house.settings.provider.contact
        return cards.error(refused.code, refused.status, contact, say)
    decision = await asyncio.to_thread(decisions.find, house.store, refused.decision)
    return cards.stop(decision, "input", say)
