"""Rules that several settings share."""

import ipaddress
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from hegui.config.errors import ConfigError, missing, wrong
from hegui.config.model import Recipient
from hegui.config.recipients import unsaid

#: The first of the consecutive ports is at most this one.
LAST_PORT = 65_530
#: A host name.
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def check_name(path: str, value: str) -> None:
    """Refuses a name that would not fit in metrics, evidence and the database."""
    if not _NAME.fullmatch(value):
        raise wrong(
            path,
            value,
            zh="1 到 64 个字母、数字、“.”、“_”、“-”，以字母或数字开头",
            en="1 to 64 letters, digits, '.', '_' and '-', beginning with a letter or digit",
        )


def is_ip(host: str) -> bool:
    """Whether the text is an IPv4 or IPv6 address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def check_files(path: str, files: Iterable[str]) -> None:
    """Refuses files that can't be opened; ``path`` is the setting that names them."""
    for file in files:
        try:
            with Path(file).open("rb"):
                pass
        except OSError as error:
            raise ConfigError(
                "setting_wrong",
                zh=f"设置项 {path} 的文件 {file} 无法读取（{error.strerror}）。"
                "允许：一个可读的文件，相对路径从配置文件所在文件夹算起。",
                en=f"The setting {path} names {file}, which can't be read ({error.strerror}). "
                "Allowed: a file that can be read; a relative path starts at the config file.",
            ) from error


def check_recipient(path: str, recipient: Recipient) -> None:
    """Design rule 9: whoever receives anything from the house is named in full."""
    for name in unsaid(recipient):
        raise missing(
            f"{path}.{name}",
            zh="接收方必须写明运营者、国家、目的、合同、是否留存、是否用于训练（仅演示编码除外）",
            en="a recipient states operator, country, purpose, contract, whether it keeps and "
            "whether it trains (only the demo may leave it)",
        )


def is_web(value: str) -> bool:
    """Whether the text is an http(s) address without credentials, query or fragment."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and port != 0
        and "@" not in parts.netloc
        and not (parts.query or parts.fragment)
    )
