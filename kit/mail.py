"""Sending mail through the operator's SMTP server."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Literal

from kit import emails, errors, logs

_SECONDS = 30.0
_AGAIN_SECONDS = 60.0
_log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Smtp:
    """Where mail is handed in. `starttls` and `tls` insist on a certificate that this machine trusts."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    user: str | None = None
    password: str | None = None


class Mailer:
    """`trouble` is why the last letter could not be handed in; None when it could."""

    def __init__(self, smtp: Smtp) -> None:
        self._smtp = smtp
        self.trouble: str | None = None

    async def send(self, to: str, subject: str, text: str) -> bool:
        """False when the server refuses the addressee for good, or knows no such addresses (RFC 6531). Failure
        `unavailable` for everything that may be right again later. Neither address nor text is logged."""
        import aiosmtplib  # not every node sends mail

        to = emails.deliverable(to)
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._smtp.sender, to, subject
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = make_msgid(domain=self._smtp.sender.rpartition("@")[2].strip("> "))
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
        message.set_content(text)
        try:
            await aiosmtplib.send(
                message,
                hostname=self._smtp.host,
                port=self._smtp.port,
                username=self._smtp.user,
                password=self._smtp.password,
                use_tls=self._smtp.security == "tls",
                start_tls=self._smtp.security == "starttls",
                timeout=_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            if all(one.code >= 500 for one in refused.recipients):
                _log.warning("mail_refused", codes=[one.code for one in refused.recipients])
                return False
            raise self._failed(refused) from refused
        except aiosmtplib.SMTPNotSupported as error:
            if to.isascii():  # it is encryption or sign-in that the server does not offer
                raise self._failed(error) from error
            _log.warning("mail_refused", error="the mail server takes no address that is not ASCII")
            return False
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise self._failed(error) from error
        self.trouble = None
        return True

    def _failed(self, error: Exception) -> errors.Failure:
        """Only the kind of error: the server's words may repeat the address."""
        self.trouble = type(error).__name__
        _log.warning("mail_not_sent", error=self.trouble)
        return errors.unavailable("unavailable", "Mail cannot be sent at the moment.", _AGAIN_SECONDS)
