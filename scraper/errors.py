"""What can go wrong in this package: one tree, so a batch catches one name.

ScraperError
├── FetchError               the page could not be had
│   ├── RefusedURL           scheme, host or address that must not be fetched
│   ├── RobotsDisallowed     robots.txt says no, or cannot be read for now
│   ├── HTTPStatus           an answer that is no page (404, 503, ...)
│   ├── HostBusy             the host wants to be left alone for longer than one waits
│   │   └── InLine           too many others wait for it; it is in no trouble
│   ├── Blocked              a challenge stands where the page should be; told, never evaded
│   │   └── NotOpen          a login, paywall or legal block: of this page, not of the host
│   ├── TooLarge             over the cap, on the wire or after decompression
│   ├── DeadlineExceeded     over the total time, or under the minimum rate
│   └── NetworkError         DNS, connection, TLS or protocol failure
├── DiscoverError            a feed or sitemap cannot be read
├── CrawlError               the crawl's own files (frontier, archive) cannot be used
├── HandlingError            a page was fetched, and whatever works on it fails
└── CleanError               the page was had, and is no article
    ├── EmptyInput           nothing but white space
    ├── NotText              binary data
    ├── InputTooLarge        over the cap of the cleaner
    └── NoArticle            an index, error, login or empty page
"""

from __future__ import annotations


class ScraperError(Exception):
    """Base of all errors raised by `scraper`.

    Attributes:
        reason: one lower-case sentence for a person, without the input's name.
        subject: the URL or path that it is about, where known.
    """

    def __init__(self, reason: str, subject: str | None = None) -> None:
        super().__init__(reason if subject is None else f"{subject}: {reason}")
        self.reason = reason
        self.subject = subject

    def __reduce__(self) -> tuple[type[ScraperError], tuple[str, str | None]]:
        return type(self), (self.reason, self.subject)


class FetchError(ScraperError):
    """The page could not be had."""


class RefusedURL(FetchError):
    """A scheme, host or address that must not be fetched."""


class RobotsDisallowed(FetchError):
    """robots.txt forbids the URL, or could not be read and so forbids it for now.

    Attributes:
        retry_after: seconds until it is asked again if it could not be read; None if a rule of it forbids the URL.
    """

    def __init__(self, reason: str, subject: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(reason, subject)
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type[ScraperError], tuple[str, str | None, float | None]]:  # type: ignore[override]
        return type(self), (self.reason, self.subject, self.retry_after)


class HTTPStatus(FetchError):
    """The server answered, but not with a page.

    Attributes:
        status: the HTTP status code.
        retry_after: seconds the server asked to wait, or None.
    """

    def __init__(
        self, reason: str, subject: str | None = None, status: int = 0, retry_after: float | None = None
    ) -> None:
        super().__init__(reason, subject)
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type[ScraperError], tuple[str, str | None, int, float | None]]:  # type: ignore[override]
        return type(self), (self.reason, self.subject, self.status, self.retry_after)


class HostBusy(FetchError):
    """The host wants to be left alone for longer than one waits; nothing was asked of it.

    Attributes:
        retry_after: seconds until it may be asked.
    """

    def __init__(self, reason: str, subject: str | None = None, retry_after: float = 0.0) -> None:
        super().__init__(reason, subject)
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type[ScraperError], tuple[str, str | None, float]]:  # type: ignore[override]
        return type(self), (self.reason, self.subject, self.retry_after)


class InLine(HostBusy):
    """Others have been standing in line at the host for longer than one waits; the host itself is in no trouble."""


class Blocked(FetchError):
    """A challenge, login or paywall page stands where the article should be."""


class NotOpen(Blocked):
    """A login, paywall or legal block stands there: this page is not for everybody; others of its host may be."""


class TooLarge(FetchError):
    """The body is over the cap, on the wire or after decompression."""


class DeadlineExceeded(FetchError):
    """The page took longer than the total deadline, or came slower than the minimum rate."""


class NetworkError(FetchError):
    """DNS, connection, TLS or protocol failure."""


class DiscoverError(ScraperError):
    """A feed, sitemap or index page cannot be read: malformed, hostile or too large."""


class CrawlError(ScraperError):
    """The crawl's own files cannot be used: a frontier in use or damaged, a disk that is full or read-only."""


class HandlingError(ScraperError):
    """A page was fetched and archived, and whatever works on it fails: it dies, or takes too long."""


class CleanError(ScraperError):
    """The page was had, and no article could be taken from it."""


class EmptyInput(CleanError):
    """Nothing but white space."""


class NotText(CleanError):
    """Binary data, or markup that is no HTML."""


class InputTooLarge(CleanError):
    """Larger than the cleaner's cap."""


class NoArticle(CleanError):
    """An index, error, login or empty page."""
