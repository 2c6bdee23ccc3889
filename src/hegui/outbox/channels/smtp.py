"""The way out for mail: SMTP over TLS, or with STARTTLS before anything else is said."""

import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from email.message import EmailMessage

from hegui.config import Mail as Settings
from hegui.outbox.channels.bounded import STEP, WHOLE, bounded
from hegui.outbox.errors import OutboxError


class Smtp:
    """Sends letters, each over a connection of its own.

    Args:
        settings: which server.
        password: the user's; empty without one.
        context: whom to trust; the machine's authorities by default.
        whole: the most seconds for one letter.
    """

    def __init__(
        self,
        settings: Settings,
        password: str,
        context: ssl.SSLContext | None = None,
        whole: float = WHOLE,
    ) -> None:
        self._settings = settings
        self._password = password
        self._context = context or ssl.create_default_context()
        self._whole = whole

    def __call__(self, letter: EmailMessage, to: Sequence[str], partly: bool) -> None:
        """Send a letter.

        Args:
            letter: what to send.
            to: to whom.
            partly: whether to send it to the others when one is refused for now. One that is
                refused for good never holds up the others.

        Raises:
            OutboxError: ``mail_unreachable``, ``mail_refused``, ``mail_sign_in``,
                ``mail_insecure``, ``mail_deferred``; then nobody got it.
        """
        smtp = self._server()
        try:
            with bounded(self._whole, lambda: smtp.sock):
                self._greet(smtp)
                self._say(smtp, letter, to, partly)
        except (smtplib.SMTPAuthenticationError, UnicodeEncodeError) as error:
            raise _sign_in() from error
        except smtplib.SMTPNotSupportedError as error:
            raise _insecure() from error
        except smtplib.SMTPConnectError as error:
            raise _unreachable(error) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code) from error
        except (OSError, smtplib.SMTPException) as error:
            raise _unreachable(error) from error
        finally:
            smtp.close()

    def _server(self) -> smtplib.SMTP:
        smtp: smtplib.SMTP
        # The name it greets with is its sender's; by itself it would ask for that of the machine.
        name = self._settings.sender.rpartition("@")[2]
        if self._settings.security == "tls":
            smtp = smtplib.SMTP_SSL(local_hostname=name, timeout=STEP, context=self._context)
        else:
            smtp = smtplib.SMTP(local_hostname=name, timeout=STEP)
        # Whose certificate it is; given to the constructor, it would connect at once, unbounded.
        vars(smtp)["_host"] = self._settings.host
        return smtp

    def _greet(self, smtp: smtplib.SMTP) -> None:
        code, said = smtp.connect(self._settings.host, self._settings.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)

    def _say(
        self, smtp: smtplib.SMTP, letter: EmailMessage, to: Sequence[str], partly: bool
    ) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self._settings.security == "starttls":
            smtp.starttls(context=self._context)
            smtp.ehlo_or_helo_if_needed()
        if self._settings.user:
            smtp.login(self._settings.user, self._password)
        self._envelope(smtp, to, partly)
        code, said = smtp.data(letter.as_bytes())
        if code != 250:
            raise smtplib.SMTPDataError(code, said)
        # It is sent; a goodbye that fails must not have it sent again.
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()

    def _envelope(self, smtp: smtplib.SMTP, to: Sequence[str], partly: bool) -> None:
        code, said = smtp.mail(self._settings.sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, said, self._settings.sender)
        codes = [smtp.rcpt(one)[0] for one in to]
        taken = [code for code in codes if code in (250, 251)]
        later = [code for code in codes if 400 <= code < 500]
        if later and not (partly and taken):
            raise _deferred(later[0])
        if not taken:
            raise _refused(codes[0])


def _unreachable(error: Exception) -> OutboxError:
    return OutboxError(
        "mail_unreachable",
        zh=f"邮件服务器没有应答或连接中断（{type(error).__name__}）；稍后会再试。"
        "请检查 mail.host、mail.port、mail.security 和证书。",
        en=f"The mail server did not answer or hung up ({type(error).__name__}); it is tried "
        "again later. Check mail.host, mail.port, mail.security and the certificate.",
    )


def _sign_in() -> OutboxError:
    return OutboxError(
        "mail_sign_in",
        zh="邮件服务器不接受用户名或密码，或其中有 ASCII 以外的字符；稍后会再试。"
        "请检查 mail.user 和 mail.password_file。",
        en="The mail server did not take the user and password, or they have characters other "
        "than ASCII; it is tried again later. Check mail.user and mail.password_file.",
    )


def _insecure() -> OutboxError:
    return OutboxError(
        "mail_insecure",
        zh="邮件服务器不支持所需的加密或登录；没有发送，稍后会再试。请检查 mail.security 和端口。",
        en="The mail server does not offer the encryption or sign-in that is set; nothing was "
        "sent, and it is tried again later. Check mail.security and the port.",
    )


def _refused(code: int) -> OutboxError:
    return OutboxError(
        "mail_refused",
        zh=f"邮件服务器拒收（{code}）；稍后会再试。请检查 mail.sender 和 mail.to 中的地址。",
        en=f"The mail server refused it ({code}); it is tried again later. Check mail.sender and "
        "the addresses in mail.to.",
    )


def _deferred(code: int) -> OutboxError:
    return OutboxError(
        "mail_deferred",
        zh=f"邮件服务器暂时不收其中的地址（{code}）；没有发送，稍后会再试。",
        en=f"The mail server does not take one of the addresses for now ({code}); nothing was "
        "sent, and it is tried again later.",
    )
