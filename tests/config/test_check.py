"""Every wrong setting is refused with its name, its value and what is allowed."""

from pathlib import Path

import msgspec
import pytest

from hegui.config import (
    TEMPLATE,
    ConfigError,
    Limits,
    Retention,
    Settings,
    Upstream,
    is_loopback,
    load,
)
from hegui.config.check_bounds import _MOST

#: Valid in form, with a right check digit; its region is unallocated, so it is nobody's.
OWN_CODE = "001191000000MA0000001R10001"
RECIPIENT = """
[upstream.recipient]
operator = "Example Models"
country = "CN"
purpose = "answers"
contract = "2026-01"
keeps = false
trains = false
"""
MODEL = """
[[upstream]]
name = "model"
base_url = "http://127.0.0.1:9/v1"
models = { "chat" = "served" }
"""


def loaded(tmp_path: Path, *changes: tuple[str, str], more: str = "") -> Settings:
    """The template with parts of its text replaced, and upstreams added."""
    text = TEMPLATE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "hegui.toml"
    path.write_text(text + more, encoding="utf-8")
    return load(path, {})


def refused(tmp_path: Path, *changes: tuple[str, str], more: str = "") -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, *changes, more=more)
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "name", "value"),
    [
        ("port = 8400", "port = 0", "listen.port", "0"),
        ("port = 8400", "port = 65531", "listen.port", "65531"),
        ("port = 8400", 'port = "8400"', "listen.port", '"8400"'),
        ("port = 8400", "port = true", "listen.port", "true"),
        ('host = "127.0.0.1"', 'host = "0.0.0.0"', "listen.host", "0.0.0.0"),  # noqa: S104
        ('host = "127.0.0.1"', 'host = "::"', "listen.host", "::"),
        ('host = "127.0.0.1"', 'host = "ai.example"', "listen.host", "ai.example"),
        ('host = "127.0.0.1"', 'host = ""', "listen.host", '""'),
        ('host = "127.0.0.1"', 'host = "a b"', "listen.host", "a b"),
        ('public_url = ""', 'public_url = "ai.example"', "listen.public_url", "ai.example"),
        ('public_url = ""', 'public_url = "https://a/x"', "listen.public_url", "https://a/x"),
        ('console_url = ""', 'console_url = "a.example"', "listen.console_url", "a.example"),
        ('console_url = ""', 'console_url = "ftp://a"', "listen.console_url", "ftp://a"),
        ('at = "start"', 'at = "interface"', "labels.at", "interface"),
        ('text = "【AI生成】"', 'text = "robot"', "labels.text", "robot"),
        ('drawn = "AI生成"', 'drawn = "AI"', "labels.drawn", '"AI"'),
        ('drawn = "AI生成"', 'drawn = "AI生成𠮷"', "labels.drawn", "𠮷"),
        ('drawn = "AI生成"', 'drawn = " AI生成"', "labels.drawn", '" AI生成"'),
        ("sampled = 0.05", "sampled = -0.1", "labels.sampled", "-0.1"),
        ("sampled = 0.05", "sampled = 1.5", "labels.sampled", "1.5"),
        ("sampled = 0.05", "sampled = nan", "labels.sampled", "nan"),
        ("= 33554432", "= 0", "limits.upload_bytes", "0"),
        ("= 67108864", "= 1073741825", "limits.media_bytes", "1073741824"),
        ("passed_days = 7", "passed_days = 0", "retention.passed_days", "0"),
        ("passed_days = 7", "passed_days = -7", "retention.passed_days", "-7"),
        ("stopped_days = 180", "stopped_days = 1.5", "retention.stopped_days", "1.5"),
        ("depth = 32", "depth = -1", "limits.depth", "-1"),
        ("body_seconds = 30.0", "body_seconds = nan", "limits.body_seconds", "nan"),
        ("body_seconds = 30.0", "body_seconds = inf", "limits.body_seconds", "inf"),
        ("requests = 1000", "requests = 0", "limits.requests", "0"),
        ("requests = 1000", "requests = 100001", "limits.requests", "100000"),
        ("depth = 32", "depth = 201", "limits.depth", "200"),
        ("= 4194304", "= 67108865", "limits.body_bytes", "67108864"),
        ("body_seconds = 30.0", "body_seconds = 601", "limits.body_seconds", "600"),
        ("= 600.0", "= 86400.5", "limits.generation_seconds", "86400"),
        ("passed_days = 7", "passed_days = 36501", "retention.passed_days", "36500"),
        ("passed_days = 7", "passed_days = 181", "retention.stopped_days", "181"),
        ("stopped_days = 180", "stopped_days = 6", "retention.stopped_days", "7"),
        ('kind = "responder"', 'kind = "magic"', "upstream[0].kind", "magic"),
        ('name = "demo"', 'name = "de mo"', "upstream[0].name", "de mo"),
        ('instance = "main"', 'instance = "../x"', "instance", "../x"),
        ('instance = "main"', f'instance = "{"x" * 65}"', "instance", "xxx"),
        ("shipped = true", 'shipped = "yes"', "words.shipped", "yes"),
        ("files = []", "files = [1]", "words.files", "[1]"),
        ("files = []", 'files = ["no.toml"]', "words.files", "no.toml"),
        ('url = ""\n', 'url = "mysql://db"\n', "data.url", "mysql://db"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, old: str, new: str, name: str, value: str) -> None:
    error = refused(tmp_path, (old, new))
    assert error.code == "setting_wrong"
    for sentence in (error.zh, error.en):
        assert name in sentence
        assert value in sentence
    assert "llowed: " in error.en
    assert "允许：" in error.zh


@pytest.mark.parametrize(
    "code",
    [
        "",
        "000123",
        "001330101MA27WPYJ18xliu0001",  # lower case
        "001191000000MA0000000N1000",  # one short
        "001191000000MA0000000P10000",  # wrong check digit
        "101191000000MA0000000N10000",  # another format definition
    ],
)
def test_a_wrong_provider_code_is_refused(tmp_path: Path, code: str) -> None:
    error = refused(tmp_path, ("001191000000MA0000000N10000", code))
    assert error.code == "setting_wrong"
    assert "provider.code" in error.en
    assert f'"{code}"' in error.en


@pytest.mark.parametrize("host", ["", "a b", "http://files.example", "files.example/x", "a:80"])
def test_a_host_of_files_is_a_name_alone(tmp_path: Path, host: str) -> None:
    error = refused(tmp_path, more=f'{MODEL}file_hosts = ["{host}"]\n')
    assert error.code == "setting_wrong"
    assert "upstream[1].file_hosts" in error.en


def test_hosts_of_files_are_taken(tmp_path: Path) -> None:
    settings = loaded(tmp_path, more=f'{MODEL}file_hosts = ["files.example", "10.0.0.7"]\n')
    assert settings.upstream[1].file_hosts == ["files.example", "10.0.0.7"]


def test_a_signing_key_that_is_not_there_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path, ('key_file = ""', 'key_file = "no.pem"'))
    assert "labels.key_file" in error.en
    (tmp_path / "no.pem").touch()
    there = loaded(tmp_path, ('key_file = ""', 'key_file = "no.pem"'))
    assert there.labels.key_file == str(tmp_path / "no.pem")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.1"])
def test_the_demo_code_may_listen_on_this_machine(tmp_path: Path, host: str) -> None:
    settings = loaded(tmp_path, ('host = "127.0.0.1"', f'host = "{host}"'))
    assert is_loopback(settings.listen.host)


def test_an_own_code_may_listen_for_others(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        ("001191000000MA0000000N10000", OWN_CODE),
        ('host = "127.0.0.1"', 'host = "::"'),
    )
    assert settings.listen.host == "::"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('name = "演示提供者 Demo provider"\n', "provider.name"),
        ('code = "001191000000MA0000000N10000"\n', "provider.code"),
        ('public = "试用者 people who try it"\n', "service.public"),
    ],
)
def test_a_missing_setting_is_named(tmp_path: Path, text: str, name: str) -> None:
    error = refused(tmp_path, (text, ""))
    assert error.code == "setting_missing"
    assert name in error.en
    assert name in error.zh


def test_an_embedded_model_may_keep_its_own_name(tmp_path: Path) -> None:
    settings = loaded(tmp_path, ('models = { "demo" = "demo" }\n', ""))
    assert settings.upstream[0].models == {}


def test_a_blank_name_counts_as_missing(tmp_path: Path) -> None:
    error = refused(tmp_path, ("合规演示 Hegui demo", "  "))
    assert (error.code, "service.name" in error.en) == ("setting_missing", True)


@pytest.mark.parametrize(
    ("old", "new", "name", "near"),
    [
        ("port = 8400", "prot = 8400", "listen.prot", "listen"),
        ("[retention]", "[retentions]", "retentions", "retention"),
        ("passed_days", "passed_day", "retention.passed_day", "passed_days"),
    ],
)
def test_an_unknown_setting_is_named_with_its_neighbour(
    tmp_path: Path, old: str, new: str, name: str, near: str
) -> None:
    error = refused(tmp_path, (old, new))
    assert error.code == "setting_unknown"
    assert name in error.en
    assert near in error.en


@pytest.mark.parametrize("value", ["5", '"text"', "[1, 2]"])
def test_a_value_where_a_table_belongs(tmp_path: Path, value: str) -> None:
    path = tmp_path / "hegui.toml"
    path.write_text(f"provider = {value}\n")
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert caught.value.code == "setting_wrong"
    assert "provider" in caught.value.en


def test_one_upstream_table_instead_of_several(tmp_path: Path) -> None:
    error = refused(tmp_path, ("[[upstream]]", "[upstream]"))
    assert (error.code, "[[upstream]]" in error.en) == ("setting_wrong", True)


def test_no_upstream(tmp_path: Path) -> None:
    start, end = TEMPLATE.index("[[upstream]]"), TEMPLATE.index("# 接入真实模型")
    error = refused(tmp_path, (TEMPLATE[start:end], ""), ('instance = "main"', "upstream = []"))
    assert (error.code, "upstream" in error.en) == ("setting_missing", True)


def test_two_upstreams_of_one_name(tmp_path: Path) -> None:
    error = refused(tmp_path, more=MODEL.replace('"model"', '"demo"'))
    assert (error.code, "upstream[1].name" in error.en) == ("setting_wrong", True)


@pytest.mark.parametrize(
    ("old", "new", "code", "name"),
    [
        ('base_url = "http://127.0.0.1:9/v1"\n', "", "setting_missing", "base_url"),
        ("http://127.0.0.1:9/v1", "ftp://host/v1", "setting_wrong", "base_url"),
        ("http://127.0.0.1:9/v1", "127.0.0.1:9", "setting_wrong", "base_url"),
        ("http://127.0.0.1:9/v1", "http://h:99999/v1", "setting_wrong", "base_url"),
        ("http://127.0.0.1:9/v1", "http://[::1/v1", "setting_wrong", "base_url"),
        ("http://127.0.0.1:9/v1", "http://h/v1?key=1", "setting_wrong", "base_url"),
        ('{ "chat" = "served" }', "{}", "setting_missing", "models"),
        ('{ "chat" = "served" }', '{ "" = "served" }', "setting_wrong", "models"),
        ('{ "chat" = "served" }', '{ "chat" = "" }', "setting_wrong", "models"),
        ('{ "chat" = "served" }', '{ "chat" = 1 }', "setting_wrong", "models"),
        ("[[upstream]]", '[[upstream]]\nkey_file = "no.key"', "setting_wrong", "key_file"),
        ("[[upstream]]", "[[upstream]]\nidle_seconds = 0", "setting_wrong", "idle_seconds"),
        ("[[upstream]]", "[[upstream]]\nidle_seconds = 9e9", "setting_wrong", "idle_seconds"),
    ],
)
def test_a_wrong_upstream_is_named(
    tmp_path: Path, old: str, new: str, code: str, name: str
) -> None:
    error = refused(tmp_path, more=MODEL.replace(old, new, 1))
    assert error.code == code
    assert f"upstream[1].{name}" in error.en


def test_the_bounds_themselves_are_allowed(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        ("= 600.0", "= 86400.0"),
        ("= 4194304", "= 67108864"),
        ("passed_days = 7", "passed_days = 180"),
    )
    assert settings.limits.generation_seconds == 86_400
    assert settings.retention.passed_days == settings.retention.stopped_days


def test_every_number_has_its_bounds() -> None:
    """Nobody can add a number to these tables and leave it unbounded."""
    for name, table in (("retention", Retention), ("limits", Limits), ("upstream", Upstream)):
        numbers = {f.name for f in msgspec.structs.fields(table) if f.type in (int, float)}
        assert set(_MOST[name]) == numbers


def test_the_demo_may_leave_a_recipient_unnamed(tmp_path: Path) -> None:
    assert len(loaded(tmp_path, more=MODEL).upstream) == 2


def test_an_own_code_needs_every_recipient_in_full(tmp_path: Path) -> None:
    own = ("001191000000MA0000000N10000", OWN_CODE)
    assert loaded(tmp_path, own, more=MODEL + RECIPIENT).upstream[1].recipient.keeps is False
    for line in RECIPIENT.strip().splitlines()[1:]:
        error = refused(tmp_path, own, more=MODEL + RECIPIENT.replace(line, ""))
        assert error.code == "setting_missing"
        assert f"upstream[1].recipient.{line.split()[0]}" in error.en


def test_person_keys_need_a_store_of_their_own(tmp_path: Path) -> None:
    error = refused(
        tmp_path,
        ('keys_url = ""', 'keys_url = "postgresql://db/one"'),
        ('url = ""', 'url = "postgresql://db/one"'),
    )
    assert "data.keys_url" in error.en


def test_a_password_in_an_address_is_never_shown(tmp_path: Path) -> None:
    secret = "sesame-open"
    error = refused(tmp_path, more=MODEL.replace("127.0.0.1:9", f"user:{secret}@host"))
    database = refused(tmp_path, ('url = ""\n', f'url = "mysql://me:{secret}@db/x"\n'))
    for sentence in (error.zh, error.en, str(error), database.zh, database.en):
        assert secret not in sentence
