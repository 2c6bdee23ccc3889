"""What the types cannot say about the settings: each rule names the setting that breaks it."""

import ipaddress
from urllib.parse import urlsplit

from hegui import marks
from hegui.config.check_bounds import check_bounds
from hegui.config.check_channels import check_channels
from hegui.config.check_upstreams import check_upstreams
from hegui.config.errors import missing, wrong
from hegui.config.model import Settings
from hegui.config.rules import HOST, LAST_PORT, check_files, check_name, is_ip, is_web
from hegui.marks.explicit import typeface, wish


def check(settings: Settings) -> None:
    """Holds the settings against every rule.

    Raises:
        ConfigError: ``setting_wrong`` or ``setting_missing``, for the first that does not hold.
    """
    _texts(settings)
    check_name("instance", settings.instance)
    _provider(settings)
    demo = marks.is_demo(settings.provider.code)
    check_upstreams(settings.upstream, demo=demo)
    check_channels(settings, demo=demo)
    _data(settings)
    _listen(settings)
    check_bounds(settings)
    if not marks.has_elements(settings.labels.text):
        raise wrong(
            "labels.text",
            settings.labels.text,
            zh="含“人工智能”或“AI”，并含“生成”或“合成”的文字（GB 45438）",
            en="a text with 人工智能 or AI, and 生成 or 合成 (GB 45438)",
        )
    _drawn(settings.labels.drawn)
    key = settings.labels.key_file
    check_files("labels.key_file", [key] if key else [])
    check_files("words.files", settings.words.files)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address listened on."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _texts(settings: Settings) -> None:
    for name, value in (
        ("provider.name", settings.provider.name),
        ("provider.contact", settings.provider.contact),
        ("service.name", settings.service.name),
        ("service.public", settings.service.public),
    ):
        if not value.strip():
            raise missing(name, zh="不为空的文字", en="a text that is not empty")


def _provider(settings: Settings) -> None:
    code, host = settings.provider.code, settings.listen.host
    try:
        marks.ProviderCode.parse(code)
    except marks.MarksError as error:
        raise wrong(
            "provider.code",
            code,
            zh=f"27 位服务提供者编码（TC260-PG-20252A）。{error.zh.rstrip('。')}",
            en=f"a provider code of 27 characters (TC260-PG-20252A). {error.en.rstrip('.')}",
        ) from error
    if marks.is_demo(code) and not is_loopback(host):
        raise wrong(
            "listen.host",
            host,
            zh="使用演示编码时只能监听本机（127.0.0.1、::1 或 localhost）；"
            "对外服务请先在 provider.code 填写自己的编码",
            en="only this machine (127.0.0.1, ::1 or localhost) while provider.code is the "
            "demo's; to serve others, first put your own code in provider.code",
        )


def _drawn(text: str) -> None:
    try:
        typeface.writable(wish.checked(text) or "")
    except marks.MarksError as error:
        raise wrong(
            "labels.drawn", text, zh=error.zh.rstrip("。"), en=error.en.rstrip(".")
        ) from error


def _data(settings: Settings) -> None:
    for name, value in (("data.url", settings.data.url), ("data.keys_url", settings.data.keys_url)):
        if value and not value.startswith(("sqlite:///", "postgresql://")):
            raise wrong(
                name,
                value,
                zh="留空，或 sqlite:///… 或 postgresql://… 地址",
                en="empty, or an address sqlite:///… or postgresql://…",
            )
    if settings.data.keys_url and settings.data.keys_url == settings.data.url:
        raise wrong(
            "data.keys_url",
            settings.data.keys_url,
            zh="与 data.url 不同的数据库（个人密钥单独存放，不进入普通备份）",
            en="another database than data.url (person keys stay out of ordinary backups)",
        )


def _listen(settings: Settings) -> None:
    listen = settings.listen
    if not (HOST.fullmatch(listen.host) or is_ip(listen.host)):
        raise wrong(
            "listen.host", listen.host, zh="一个 IP 地址或主机名", en="an IP address or a host name"
        )
    if not 1 <= listen.port <= LAST_PORT:
        raise wrong(
            "listen.port",
            listen.port,
            zh=f"1 到 {LAST_PORT}（其后的端口供各页面使用）",
            en=f"1 to {LAST_PORT} (the ports after it serve the pages)",
        )
    for name, url in (
        ("listen.public_url", listen.public_url),
        ("listen.console_url", listen.console_url),
    ):
        if url and (not is_web(url) or urlsplit(url).path not in ("", "/")):
            raise wrong(
                name,
                url,
                zh="留空，或 http(s)://主机[:端口]，不含路径",
                en="empty, or http(s)://host[:port] without a path",
            )
