"""``[mail]`` and ``[webhook]``: absent by default, whole or refused, recipients named."""

from pathlib import Path

import pytest

from hegui.config import TEMPLATE, ConfigError, Mail, MailTo, Settings, Webhook, load
from hegui.people.roster import ROLES

OWN_CODE = "001191000000MA0000001R10001"
MAIL = """
[mail]
host = "smtp.example"
sender = "hegui@example.com"
user = "hegui"
password_file = "password"
[mail.to]
owner = ["owner@example.com"]
reviewer = ["desk+1@example.com"]
"""
HOOK = """
[webhook]
url = "https://hooks.example/in"
key_file = "key"
"""
RECIPIENT = """
[{table}.recipient]
operator = "Example"
country = "CN"
purpose = "notices"
contract = "2026-01"
keeps = false
trains = false
"""


@pytest.fixture(autouse=True)
def _secrets(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("sesame open")
    (tmp_path / "key").write_text("k" * 32)


def loaded(tmp_path: Path, more: str, *, own: bool = False) -> Settings:
    text = TEMPLATE.replace("001191000000MA0000000N10000", OWN_CODE) if own else TEMPLATE
    path = tmp_path / "hegui.toml"
    path.write_text(text + more, encoding="utf-8")
    return load(path, {})


def refused(tmp_path: Path, more: str, *, own: bool = False) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, more, own=own)
    return caught.value


def test_neither_is_there_by_default(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "")
    assert (settings.mail, settings.webhook) == (Mail(), Webhook())
    assert not settings.mail.host
    assert not settings.webhook.url


def test_both_are_read_with_their_files_beside_the_config(tmp_path: Path) -> None:
    settings = loaded(tmp_path, MAIL + HOOK)
    assert (settings.mail.port, settings.mail.security) == (587, "starttls")
    assert settings.mail.password_file == str(tmp_path / "password")
    assert settings.mail.to.reviewer == ["desk+1@example.com"]
    assert settings.webhook.key_file == str(tmp_path / "key")


def test_addresses_go_by_roles_that_there_are() -> None:
    assert set(MailTo.__struct_fields__) < set(ROLES)


@pytest.mark.parametrize(
    ("old", "new", "code", "name"),
    [
        ('host = "smtp.example"\n', "", "setting_missing", "mail.host"),
        ("smtp.example", "smtp.example:25", "setting_wrong", "mail.host"),
        ("smtp.example", "http://smtp.example", "setting_wrong", "mail.host"),
        ("[mail]", "[mail]\nport = 0", "setting_wrong", "mail.port"),
        ("[mail]", "[mail]\nport = 65536", "setting_wrong", "mail.port"),
        ("[mail]", '[mail]\nsecurity = "none"', "setting_wrong", "mail.security"),
        ('sender = "hegui@example.com"\n', "", "setting_missing", "mail.sender"),
        ('"hegui@example.com"', '"Hegui <hegui@example.com>"', "setting_wrong", "mail.sender"),
        ("owner@example.com", "owner", "setting_wrong", "mail.to.owner"),
        ("desk+1@", "desk 1@", "setting_wrong", "mail.to.reviewer"),
        ("desk+1@", "王@", "setting_wrong", "mail.to.reviewer"),
        ("desk+1@example.com", "a@b.c\\nBcc: d@e.f", "setting_wrong", "mail.to.reviewer"),
        ("reviewer =", "auditor =", "setting_unknown", "mail.to.auditor"),
        ('user = "hegui"\n', "", "setting_missing", "mail.user"),
        ('password_file = "password"\n', "", "setting_missing", "mail.password_file"),
        ('"password"', '"no-such"', "setting_wrong", "mail.password_file"),
        (MAIL[MAIL.index("[mail.to]") :], "", "setting_missing", "mail.to"),
        ("[mail]", '[mail]\npassword = "x"', "setting_unknown", "mail.password"),
    ],
)
def test_a_wrong_mail_is_named(tmp_path: Path, old: str, new: str, code: str, name: str) -> None:
    assert old in MAIL
    error = refused(tmp_path, MAIL.replace(old, new, 1))
    assert error.code == code
    assert name in error.en
    assert name in error.zh


@pytest.mark.parametrize(
    ("old", "new", "code", "name"),
    [
        ('url = "https://hooks.example/in"\n', "", "setting_missing", "webhook.url"),
        ("https://hooks", "ftp://hooks", "setting_wrong", "webhook.url"),
        ("https://hooks", "https://me:pw@hooks", "setting_wrong", "webhook.url"),
        ("/in", "/in?token=1", "setting_wrong", "webhook.url"),
        ("/in", "/进", "setting_wrong", "webhook.url"),
        ("/in", "/in\\r\\nX: y", "setting_wrong", "webhook.url"),
        ('key_file = "key"\n', "", "setting_missing", "webhook.key_file"),
        ('"key"', '"no-such"', "setting_wrong", "webhook.key_file"),
    ],
)
def test_a_wrong_webhook_is_named(tmp_path: Path, old: str, new: str, code: str, name: str) -> None:
    assert old in HOOK
    error = refused(tmp_path, HOOK.replace(old, new, 1))
    assert error.code == code
    assert name in error.en


@pytest.mark.parametrize(("table", "text"), [("mail", MAIL), ("webhook", HOOK)])
def test_who_operates_it_is_named_but_for_the_demo(tmp_path: Path, table: str, text: str) -> None:
    named = RECIPIENT.format(table=table)
    assert loaded(tmp_path, text + named, own=True)
    for line in named.strip().splitlines()[1:]:
        error = refused(tmp_path, text + named.replace(line, ""), own=True)
        assert error.code == "setting_missing"
        assert f"{table}.recipient.{line.split()[0]}" in error.en
