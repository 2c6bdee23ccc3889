"""``hegui code``: provider codes of 27 characters, checked and built."""

import argparse

import msgspec

from hegui.cli.group import Groups, command, group
from hegui.cli.output import Output

_SERVICES = {"generation": "1", "propagation": "2", "none": "0"}


def add(groups: Groups, common: argparse.ArgumentParser) -> None:
    """Adds the commands."""
    these = group(groups, "code", "服务提供者编码 provider codes (TC260-PG-20252A)")
    check = command(these, common, "check", _check, "核对编码，说明错在哪里 check a code")
    check.add_argument("code", help="27 位编码 the code")
    build = command(these, common, "build", _build, "由信用代码生成编码 build a code")
    build.add_argument("--uscc", required=True, help="统一社会信用代码（18 位）the credit code")
    build.add_argument(
        "--service", choices=_SERVICES, default="none", help="服务类型 the kind of service (none)"
    )
    build.add_argument("--app", default="0000", help="4 位模型或应用代码 model or application")


def _check(options: argparse.Namespace, output: Output) -> bool:
    from hegui.marks import ProviderCode, explain

    reasons = explain(options.code)
    code = None if reasons else ProviderCode.parse(options.code)
    document = {
        "code": options.code,
        "ok": not reasons,
        "parts": msgspec.to_builtins(code),
        "findings": [msgspec.to_builtins(reason) for reason in reasons],
    }
    if code is not None:
        kind = {"0": "未用 not used", "1": "生成 generation", "2": "传播 propagation"}
        text = (
            "● 编码符合规则 the code follows the rule\n"
            f"  统一社会信用代码 credit code: {code.uscc}\n"
            f"  服务 service: {kind[code.service_type]} {code.service_code}"
        )
    else:
        text = "▲ 编码有误 the code is wrong\n" + "\n".join(
            f"  {reason.code} {reason.clause}\n    {reason.zh}\n    {reason.en}"
            for reason in reasons
        )
    output.result(document, text)
    return bool(reasons)


def _build(options: argparse.Namespace, output: Output) -> bool:
    from hegui.marks import ProviderCode

    code = ProviderCode.build(options.uscc, _SERVICES[options.service], options.app)
    output.result(msgspec.to_builtins(code), code.text)
    return False
