"""The addresses of one service, as its settings tell them; none has a slash at its end."""

from hegui.config.model import Settings


def api_url(settings: Settings) -> str:
    """The API on this machine."""
    return _listened(settings, 0)


def portal_url(settings: Settings) -> str:
    """How a reader reaches the portal."""
    return settings.listen.public_url.rstrip("/") or _listened(settings, 1)


def console_url(settings: Settings) -> str:
    """How staff reach the console."""
    return settings.listen.console_url.rstrip("/") or _listened(settings, 2)


def _listened(settings: Settings, offset: int) -> str:
    """An address this machine can ask; the ports follow one another."""
    host = settings.listen.host
    if host in ("0.0.0.0", "::", ""):  # noqa: S104  compared, not listened on
        host = "127.0.0.1"
    elif ":" in host:
        host = f"[{host}]"
    return f"http://{host}:{settings.listen.port + offset}"
