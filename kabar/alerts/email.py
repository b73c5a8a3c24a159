"""E-mail over SMTP. TLS is verified, always; only a server on this very machine may do without, and without a login."""

from __future__ import annotations

import asyncio
import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.utils import formatdate
from ipaddress import ip_address

from kabar.alerts.errors import Undelivered
from kabar.alerts.message import Message, mark, told
from kabar.alerts.settings import Mailbox, Settings, is_address
from scraper.errors import RefusedURL
from scraper.http.guard import Guard

SIZE = 100
"""Stories in one message."""
TIMEOUT = 30.0
"""Seconds for which a server may be silent."""
TOTAL = 120.0
"""Seconds for one message, however the server drips; well under `outbox.LEASE`, after which another run sends it."""


def send(message: Message, target: str, settings: Settings, guard: Guard) -> None:
    """Sends a message to a mailbox; its Message-ID is the same at every try.

    Raises:
        Undelivered: it was not taken.
        SettingsError: the server is not named.
    """
    mailbox, connected = settings.mailbox(), False
    try:
        address = asyncio.run(guard.addresses(mailbox.host, mailbox.port))[0]
        with _cut_off_after(TOTAL) as watch, contextlib.closing(_connected(mailbox, address, watch)) as server:
            connected = True
            server.send_message(mail(message, mailbox.sender, target), mailbox.sender, [target])
            with contextlib.suppress(OSError):  # it was taken, whatever is said at parting
                server.quit()
    except RefusedURL as error:
        raise Undelivered(error.reason) from None
    except smtplib.SMTPAuthenticationError:
        raise Undelivered("the mail server refuses the login") from None
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        raise Undelivered(f"the mail server refuses the recipient ({_said(code, reason)})", final=code >= 500) from None
    except smtplib.SMTPResponseException as error:
        said, final = _said(error.smtp_code, error.smtp_error), error.smtp_code >= 500
        raise Undelivered(f"the mail server refuses ({said})", final=final) from None
    except ssl.SSLCertVerificationError as error:
        raise Undelivered(f"the mail server's certificate does not hold ({error.verify_message})") from None
    except (OSError, smtplib.SMTPException) as error:
        problem = "does not answer" if connected else "cannot be reached"
        raise Undelivered(f"the mail server {problem} ({error or type(error).__name__})", unsure=connected) from None


def check(target: str, settings: Settings) -> None:
    """Raises SettingsError or Undelivered if the target can be none, before anything is sent."""
    if not is_address(settings.resolved(target)):
        raise Undelivered("the target is no e-mail address", final=True)
    settings.mailbox()


def mail(message: Message, sender: str, target: str) -> EmailMessage:
    """The message as a plain text e-mail."""
    out = EmailMessage()
    out["From"], out["To"], out["Subject"] = sender, target, message.subject
    out["Date"] = formatdate(usegmt=True)
    out["Message-ID"] = f"<{message.key}@{sender.rpartition('@')[2]}>"
    out["Auto-Submitted"] = "auto-generated"
    out.set_content("\n\n".join(_lines(message)) + "\n", charset="utf-8")
    return out


def _lines(message: Message) -> Iterator[str]:
    for story in message.stories:
        head = f"{story.title}{mark(story)}"
        where = ", ".join(filter(None, (story.outlet, story.published)))
        yield "\n".join(filter(None, (head, where, story.lead, story.link)))
    yield from map(told, message.silences)
    if message.query:
        yield f"Pencarian: {message.query}"


Watch = Callable[[socket.socket], None]
"""Is given the socket that was dialled."""


@contextlib.contextmanager
def _cut_off_after(seconds: float) -> Iterator[Watch]:
    """Cuts the connection that it is given off if the block has not ended by then, whatever is waited for in it."""
    held: list[socket.socket] = []

    def cut_off() -> None:
        for dialled in held:
            with contextlib.suppress(OSError):
                dialled.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield lambda dialled: held.append(dialled.dup())  # TLS takes the socket itself away
    finally:
        timer.cancel()
        for dialled in held:
            dialled.close()


def _connected(mailbox: Mailbox, address: str, watch: Watch) -> smtplib.SMTP:
    """A session with TLS and login, ready to send."""
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if mailbox.tls:
        server = _TLSServer(mailbox.host, mailbox.port, context=context, address=address, watch=watch)
    else:
        server = _Server(mailbox.host, mailbox.port, address=address, watch=watch)
    try:
        server.ehlo()
        if not mailbox.tls and server.has_extn("starttls"):
            server.starttls(context=context)
        elif not mailbox.tls and (mailbox.user or not ip_address(address).is_loopback):
            raise Undelivered("the mail server offers no TLS")
        if mailbox.user is not None:
            server.login(mailbox.user, mailbox.password or "")
    except BaseException:
        server.close()
        raise
    return server


class _Server(smtplib.SMTP):
    """Dials the address that was checked; the name stays for TLS."""

    def __init__(self, host: str, port: int, *, address: str, watch: Watch) -> None:
        self._address, self._watch = address, watch
        super().__init__(host, port, timeout=TIMEOUT)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - of smtplib
        return _dialled(self._address, port, timeout, self._watch)


class _TLSServer(smtplib.SMTP_SSL):
    """The same with TLS from the start."""

    def __init__(self, host: str, port: int, *, context: ssl.SSLContext, address: str, watch: Watch) -> None:
        self._address, self._watch = address, watch
        super().__init__(host, port, timeout=TIMEOUT, context=context)

    def _get_socket(self, host: str, port: int, timeout: float) -> ssl.SSLSocket:
        plain = _dialled(self._address, port, timeout, self._watch)
        return self.context.wrap_socket(plain, server_hostname=host)


def _dialled(address: str, port: int, timeout: float, watch: Watch) -> socket.socket:
    dialled = socket.create_connection((address, port), timeout)
    watch(dialled)
    return dialled


def _said(code: int, reason: bytes | str) -> str:
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return f"{code} {' '.join(text.split())[:200]}"
