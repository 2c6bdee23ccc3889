"""The channel ``mail``: a short plain letter to those whose work it is."""

import email.policy
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from hegui.config import Mail as Settings
from hegui.config import MailTo
from hegui.outbox.letters import Letter, wanted
from hegui.outbox.outbox import Channel, Message, Needed
from hegui.store import Store
from hegui.world import BEIJING

#: Sends a letter to some addresses. Unless the last says so, one that is refused for now holds
#: up the others, so that nobody gets it twice; else it goes to whom it can.
Send = Callable[[EmailMessage, Sequence[str], bool], None]
#: Tries at which an address that is refused for now is waited for.
PATIENT = 3

_DUE_ZH = "期限：{due}（北京时间）\n"
_DUE_EN = "Due: {due}, Beijing time\n"
_TEXT = """\
{title.zh}
{due_zh}查看：{link}

{title.en}
{due_en}Open: {link}

-- \n\
{service}
"""


def mail(settings: Settings, service: str, url: str, needed: Needed, send: Send) -> Channel:
    """The channel; nothing is sent of what needs nobody any more.

    Args:
        settings: from whom, and to whom.
        service: the service's name.
        url: the console's address, without a slash at its end.
        needed: whether a message still needs somebody.
        send: the way out.
    """

    def tell(store: Store, message: Message, at: int) -> None:
        told = wanted(store, message, needed)
        if told is not None:
            to = addresses(settings.to, told.roles)
            letter = write(told, settings.sender, to, service=service, url=url, at=at)
            send(letter, to, message.tries >= PATIENT)

    return tell


def write(
    told: Letter, sender: str, to: Sequence[str], *, service: str, url: str, at: int
) -> EmailMessage:
    """The letter itself, in bytes that every server takes.

    Args:
        told: what to say.
        sender: the address it is from.
        to: the addresses it is for.
        service: the service's name.
        url: the console's address.
        at: milliseconds since 1970, UTC.
    """
    letter = EmailMessage(email.policy.SMTP)
    letter["Subject"] = " ".join(f"[{service}] {told.title.zh} / {told.title.en}".split())
    letter["From"] = sender
    letter["To"] = ", ".join(to)
    letter["Date"] = format_datetime(datetime.fromtimestamp(at // 1000, UTC))
    # The same at every try, so that a server or a reader can tell a second copy.
    letter["Message-ID"] = f"<{told.id}@{sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    due = "" if told.due is None else _stamp(told.due)
    text = _TEXT.format(
        title=told.title,
        due_zh=_DUE_ZH.format(due=due) if due else "",
        due_en=_DUE_EN.format(due=due) if due else "",
        link=url + told.path,
        service=service,
    )
    letter.set_content(text, cte="base64")
    return letter


def addresses(to: MailTo, roles: Sequence[str]) -> list[str]:
    """The addresses of some roles, each once; all there are when these have none."""
    named: dict[str, list[str]] = {role: getattr(to, role) for role in to.__struct_fields__}
    found = [one for role in roles for one in named[role]]
    return list(dict.fromkeys(found or [one for each in named.values() for one in each]))


def _stamp(at: int) -> str:
    return f"{datetime.fromtimestamp(at // 1000, BEIJING):%Y-%m-%d %H:%M}"
