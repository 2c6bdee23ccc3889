"""Where messages go: the console always, mail and a webhook where they are set up."""

from collections.abc import Mapping
from pathlib import Path

from hegui.config import Settings, addresses
from hegui.outbox.channels.console import console
from hegui.outbox.channels.mail import mail
from hegui.outbox.channels.post import Post
from hegui.outbox.channels.smtp import Smtp
from hegui.outbox.channels.webhook import webhook
from hegui.outbox.errors import OutboxError
from hegui.outbox.outbox import CONSOLE, Channel, Needed

__all__ = ["channels", "console", "mail", "webhook"]

#: A key so short that it could be guessed signs nothing.
_KEY = 32


def channels(settings: Settings, needed: Needed) -> Mapping[str, Channel]:
    """The channels that the settings set up, the console first.

    Args:
        settings: of the service; the files they name are read now.
        needed: whether a message still needs somebody.

    Raises:
        OutboxError: ``channel_secret``: a file without a password or a key.
    """
    url = addresses.console_url(settings)
    found = {CONSOLE: console(needed)}
    if settings.mail.host:
        password = _secret("mail.password_file", settings.mail.password_file, 1)
        send = Smtp(settings.mail, password)
        found["mail"] = mail(settings.mail, settings.service.name, url, needed, send)
    if settings.webhook.url:
        key = _secret("webhook.key_file", settings.webhook.key_file, _KEY)
        found["webhook"] = webhook(key.encode(), url, needed, Post(settings.webhook.url))
    return found


def _secret(name: str, file: str, least: int) -> str:
    """The first line of a file; empty where none is set."""
    if not file:
        return ""
    try:
        with Path(file).open(encoding="utf-8") as opened:
            secret = opened.readline().strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if len(secret) < least:
        raise OutboxError(
            "channel_secret",
            zh=f"{name} 的文件 {file} 无法读取，或首行不足 {least} 个字符。"
            "请把密码或密钥写入该文件的首行后重新启动。",
            en=f"The file {file} of {name} can't be read, or its first line has fewer than {least} "
            "characters. Put the password or key into its first line and start again.",
        )
    return secret
