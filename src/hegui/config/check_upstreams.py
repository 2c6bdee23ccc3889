"""The rules for ``[[upstream]]``: model servers, and who receives people's text."""

from hegui.config.errors import missing, wrong
from hegui.config.model import Upstream
from hegui.config.rules import HOST, check_files, check_name, check_recipient, is_web


def check_upstreams(upstreams: list[Upstream], *, demo: bool) -> None:
    """Holds every upstream against its rules.

    Args:
        upstreams: in the order of the file.
        demo: whether the provider's code is the demo's; only then may a recipient stay unnamed.

    Raises:
        ConfigError: ``setting_wrong`` or ``setting_missing``.
    """
    if not upstreams:
        raise missing("upstream", zh="至少一个 [[upstream]]", en="at least one [[upstream]]")
    names: set[str] = set()
    for place, upstream in enumerate(upstreams):
        path = f"upstream[{place}]"
        check_name(f"{path}.name", upstream.name)
        if upstream.name in names:
            raise wrong(
                f"{path}.name",
                upstream.name,
                zh="每个上游各用一个名称",
                en="a name of its own for each upstream",
            )
        names.add(upstream.name)
        _models(path, upstream)
        if upstream.kind == "openai":
            _address(f"{path}.base_url", upstream.base_url)
            _hosts(f"{path}.file_hosts", upstream.file_hosts)
            check_files(f"{path}.key_file", [upstream.key_file] if upstream.key_file else [])
            if not demo:
                check_recipient(f"{path}.recipient", upstream.recipient)


def _models(path: str, upstream: Upstream) -> None:
    # The embedded kinds know the names of their own models.
    if upstream.kind == "openai" and not upstream.models:
        raise missing(
            f"{path}.models",
            zh='至少一个模型，例如 {"对外名称" = "上游名称"}',
            en='at least one model, e.g. {"our-name" = "their-name"}',
        )
    for ours, theirs in upstream.models.items():
        if not (0 < len(ours) <= 128 and ours.isprintable() and theirs):
            raise wrong(
                f"{path}.models",
                ours,
                zh="名称为 1 到 128 个可打印字符，且对应的上游名称不为空",
                en="names of 1 to 128 printable characters, each with the server's own name",
            )


def _address(path: str, value: str) -> None:
    if not value:
        raise missing(path, zh="模型服务的地址，到 /v1 为止", en="the server's address up to /v1")
    if not is_web(value):
        raise wrong(
            path,
            value,
            zh="http:// 或 https:// 开头、不含用户名密码和查询部分的地址",
            en="an address that begins with http:// or https://, without user, password or query",
        )


def _hosts(path: str, hosts: list[str]) -> None:
    for host in hosts:
        if not HOST.fullmatch(host):
            raise wrong(
                path, host, zh="主机名，不含端口和路径", en="host names, without port or path"
            )
