"""The rules for ``[mail]`` and ``[webhook]``: where the staff are told beside the console."""

import re

from hegui.config.errors import missing, wrong
from hegui.config.model import Mail, Settings, Webhook
from hegui.config.rules import HOST, check_files, check_recipient, is_ip, is_web

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + HOST.pattern)
_LAST_PORT = 65_535


def check_channels(settings: Settings, *, demo: bool) -> None:
    """Holds both against their rules; what is left out altogether is not used.

    Args:
        settings: of the service.
        demo: whether the provider's code is the demo's; only then may a recipient stay unnamed.

    Raises:
        ConfigError: ``setting_wrong`` or ``setting_missing``.
    """
    if settings.mail != Mail():
        _mail(settings.mail)
        if not demo:
            check_recipient("mail.recipient", settings.mail.recipient)
    if settings.webhook != Webhook():
        _webhook(settings.webhook)
        if not demo:
            check_recipient("webhook.recipient", settings.webhook.recipient)


def _mail(mail: Mail) -> None:
    if not mail.host:
        raise missing("mail.host", zh="邮件服务器的主机名", en="the mail server's host name")
    if not (HOST.fullmatch(mail.host) or is_ip(mail.host)):
        raise wrong("mail.host", mail.host, zh="主机名，不含端口", en="a host name, without port")
    if not 1 <= mail.port <= _LAST_PORT:
        raise wrong("mail.port", mail.port, zh=f"1 到 {_LAST_PORT} 的整数", en=f"1 to {_LAST_PORT}")
    if not mail.sender:
        raise missing("mail.sender", zh="发件地址", en="the address it is from")
    _address("mail.sender", mail.sender)
    if bool(mail.user) != bool(mail.password_file):
        name = "mail.password_file" if mail.user else "mail.user"
        raise missing(
            name, zh="用户名和密码文件须一起填写", en="user and password_file go together"
        )
    check_files("mail.password_file", [mail.password_file] if mail.password_file else [])
    named = {role: getattr(mail.to, role) for role in mail.to.__struct_fields__}
    if not any(named.values()):
        raise missing("mail.to", zh="至少一个收件地址", en="at least one address")
    for role, addresses in named.items():
        for address in addresses:
            _address(f"mail.to.{role}", address)


def _address(path: str, value: str) -> None:
    if not _ADDRESS.fullmatch(value):
        raise wrong(
            path,
            value,
            zh="邮件地址，例如 desk@example.com，不带姓名",
            en="a mail address such as desk@example.com, without a name",
        )


def _webhook(webhook: Webhook) -> None:
    if not webhook.url:
        raise missing("webhook.url", zh="接收通知的地址", en="the address that is told")
    if not (is_web(webhook.url) and webhook.url.isascii() and webhook.url.isprintable()):
        raise wrong(
            "webhook.url",
            webhook.url,
            zh="http:// 或 https:// 开头、不含用户名密码和查询部分的地址",
            en="an address that begins with http:// or https://, without user, password or query",
        )
    if not webhook.key_file:
        raise missing(
            "webhook.key_file",
            zh="首行是签名密钥的文件",
            en="a file whose first line is the signing key",
        )
    check_files("webhook.key_file", [webhook.key_file])
