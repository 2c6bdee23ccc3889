"""A small pack, made through the reader, for tests of what is done with packs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec
import yaml

from hegui.law import Pack
from hegui.law.pack import read


def _both(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def _provision(
    name: str, article: str, words: str, controls: list[dict[str, Any]]
) -> dict[str, Any]:
    duty = {"id": name, "text": _both(words), "evidence": _both("it"), "controls": controls}
    return {
        "id": name,
        "article": article,
        "clause": _both(f"Art. {article}"),
        "title": _both("doing"),
        "text": _both(words),
        "who": ["provider"],
        "modality": "must",
        "duties": [duty] if controls else [],
    }


def text(
    name: str,
    *,
    version: str = "1",
    in_force: str | None = "2024-01-01",
    ends: str | None = None,
    force: str = "binding",
    applies: dict[str, Any] | None = None,
    related: str | None = None,
    checks: tuple[str, ...] = (),
    renew: str = "12m",
    modality: str = "must",
    words: str = "do it",
    limit: str = "3d",
    duties: bool = True,
    more: Mapping[int, str] = MappingProxyType({}),
) -> bytes:
    """The file of a pack of one provision, one duty, two controls and one parameter.

    The provision and the duty are ``NAME-1``; the controls are ``first``, which has the checks,
    and ``second``, which a person attests. ``more`` adds provisions by number and words, each
    with a duty of its own and a control ``only-NUMBER`` that a person attests.
    """
    grade = {"grade": "P", "source": _both("read")}
    controls = [
        {"id": "first", "text": _both("first"), "checks": list(checks), "renew": renew},
        {"id": "second", "text": _both("second"), "renew": "12m"},
    ]
    provision = {
        **_provision(f"{name.upper()}-1", "1", words, controls if duties else []),
        "modality": modality,
        "applies": applies,
        "related": [related] if related else [],
    }
    others = [
        _provision(
            f"{name.upper()}-{number}",
            str(number),
            said,
            [{"id": f"only-{number}", "text": _both("only")}],
        )
        for number, said in more.items()
    ]
    instrument = {
        "id": name,
        "title": _both(name),
        "short": _both(name),
        "issued": "2023-01-01",
        "in_force": in_force,
        "ends": ends,
        "force": force,
        "text": "read",
    }
    parameter = {
        "id": "limit",
        "clause": _both("Art. 1"),
        "text": _both("limit"),
        "modality": "must",
        "value": limit,
        "valid_from": in_force or "2024-01-01",
    }
    whole = {
        "schema": 2,
        "pack": name,
        "version": version,
        "title": _both(name),
        "instruments": [instrument],
        "provisions": [one | grade for one in (provision, *others)],
        "parameters": [parameter | grade],
    }
    return yaml.safe_dump(msgspec.to_builtins(whole), allow_unicode=True).encode()


def made(name: str, **named: Any) -> Pack:
    """The same, read."""
    return read(text(name, **named), file=f"{name}.yaml")
