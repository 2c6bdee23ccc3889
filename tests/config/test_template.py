"""The commented config: it is the demo, states the defaults, and names every setting."""

import re
import tomllib

import msgspec

from hegui.config import TEMPLATE, Settings, Upstream, parse


def test_the_template_states_the_defaults() -> None:
    settings = parse(TEMPLATE, "template")
    defaults = Settings(
        provider=settings.provider, service=settings.service, upstream=settings.upstream
    )
    assert settings == defaults
    assert settings.upstream == [Upstream(name="demo", kind="responder", models={"demo": "demo"})]


def commented_in() -> str:
    """The template with its example upstream taken out of its comments."""
    setting = re.compile(r"^# (\[\[?[a-z_.]+\]\]?|[a-z_]+ = .*)$", re.MULTILINE)
    return setting.sub(r"\1", TEMPLATE)


def test_the_example_upstream_is_valid_and_in_full() -> None:
    example = parse(commented_in(), "template").upstream[1]
    assert example.kind == "openai"
    for field in msgspec.structs.fields(type(example.recipient)):
        assert getattr(example.recipient, field.name) not in ("", None)


def test_the_example_mail_and_webhook_are_valid_and_in_full() -> None:
    example = parse(commented_in(), "template")
    for table in (example.mail, example.webhook):
        for field in msgspec.structs.fields(type(table.recipient)):
            assert getattr(table.recipient, field.name) not in ("", None)
    assert example.mail.to.owner
    assert example.webhook.url


def test_every_setting_is_named() -> None:
    assert unnamed(Settings, tomllib.loads(commented_in())) == []


def unnamed(kind: type[msgspec.Struct], data: dict[str, object]) -> list[str]:
    """The fields of a struct, and of the structs in it, that the file does not write."""
    absent = []
    for field in msgspec.structs.fields(kind):
        if field.name not in data:
            absent.append(field.name)
            continue
        value = data[field.name]
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            assert isinstance(value, dict)
            absent += unnamed(field.type, value)
        elif field.type == list[Upstream]:
            assert isinstance(value, list)
            absent += unnamed(Upstream, {k: v for item in value for k, v in item.items()})
    return absent


def test_every_setting_has_a_chinese_and_an_english_line() -> None:
    lines = TEMPLATE.splitlines()
    setting = re.compile(r"^(# )?([a-z_]+) = ")
    seen: set[str] = set()
    for number, line in enumerate(lines):
        match = setting.match(line)
        if match is None or match[2] in seen or setting.match(lines[number - 1]):
            continue  # a second mention, or one of a group under one comment
        if match[1] and match[2] in ("name", "kind", "models"):
            continue
        seen.add(match[2])
        chinese, english = lines[number - 2], lines[number - 1]
        assert re.match(r"# .*[一-鿿]", chinese), line
        assert re.match(r"# [A-Z0-9\[a-z]", english), line
