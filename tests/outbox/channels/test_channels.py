"""Which channels there are: the console always, others where set up, with their secrets."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from hegui.config import TEMPLATE, Mail, MailTo, Settings, Webhook, parse
from hegui.outbox import OutboxError
from hegui.outbox.channels import channels

DEMO = parse(TEMPLATE, "template")
MAIL = Mail(host="smtp.example", sender="a@example.com", to=MailTo(owner=["b@example.com"]))


def names(settings: Settings) -> list[str]:
    return list(channels(settings, lambda _conn, _message: True))


def test_the_console_alone_unless_more_is_set_up(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("k" * 32 + "\nthe rest is not read\n")
    hook = Webhook(url="https://hooks.example", key_file=str(key))
    assert names(DEMO) == ["console"]
    assert names(replace(DEMO, mail=MAIL)) == ["console", "mail"]
    assert names(replace(DEMO, mail=MAIL, webhook=hook)) == ["console", "mail", "webhook"]


@pytest.mark.parametrize("content", [None, b"", b"\nsecond line", b"\xff\xfe", b"k" * 31])
def test_a_secret_that_is_none_is_named_and_not_shown(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(OutboxError) as caught:
        names(replace(DEMO, webhook=Webhook(url="https://hooks.example", key_file=str(file))))
    assert caught.value.code == "channel_secret"
    assert "webhook.key_file" in caught.value.en
    assert "kkk" not in caught.value.zh + caught.value.en
    if content != b"k" * 31:  # long enough for a password
        with pytest.raises(OutboxError) as caught:
            names(replace(DEMO, mail=replace(MAIL, user="u", password_file=str(file))))
        assert "mail.password_file" in caught.value.en
