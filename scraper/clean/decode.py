"""Bytes or text in, one lxml tree out: character sets, mojibake, stray code points, caps.

The declared character set is weighed, not believed: bytes that are valid UTF-8 are UTF-8, whatever the page says;
ISO-8859-1 means windows-1252, as in the WHATWG Encoding Standard.
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass, field

from lxml import etree

from scraper.errors import EmptyInput, InputTooLarge, NotText

MAX_BYTES = 20 * 1024 * 1024
MAX_TAGS = 250_000
SILENT = ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "select", "textarea")
"""Elements whose text nobody reads."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# Long enough that random bytes do not hold one by chance, as they do a "<p".
_TAG = re.compile(rb"<(?:!doctype|html|head|body|meta|title|div|article|section|table|span|/p>)", re.IGNORECASE)
_CONTROLS = bytes((*range(0x08), *range(0x0E, 0x1B)))
_CONTENT = re.compile(rb"[^\x00\s]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SIGNATURES = (
    b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"RIFF", b"BM\x00"
)  # fmt: skip

# How the character sets of pages begin, as Python names them; it has codecs for `hex`, `idna` and `punycode` too.
_CHARSETS = ("iso8859", "cp", "koi8", "gb", "big5", "euc_", "shift_jis", "iso2022_jp", "mac-", "tis-620")

# What windows-1252 shows for the bytes of a UTF-8 sequence: only the leads that news text really meets.
_CONTINUATION = re.escape("".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xC0)))
_MOJIBAKE = re.compile(f"[ÂÃ][{_CONTINUATION}]|â[€„][{_CONTINUATION}]")
_MOJIBAKE_SIGNS = ("â", "Ã", "Â")
_STRAY_BYTES = {0xDC00 + b: bytes([b]).decode("cp1252", "replace") for b in range(0x80, 0x100)}
_STRAY_BYTE = re.compile("[\udc80-\udcff]")

# C1 controls are windows-1252 in disguise; zero-width marks, soft hyphens and other controls are no text.
_STRAY = {c: bytes([c]).decode("cp1252", "ignore") for c in range(0x80, 0xA0)}
_STRAY |= dict.fromkeys((0x00, 0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF), "")
_STRAY |= dict.fromkeys((*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF), "")
_STRAY |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_ESCAPED = re.compile(
    r"&(?:amp;)?(?:nbsp|quot|amp|lt|gt|apos|[lr][ds]quo|[nm]dash|hellip|[a-z]acute|#\d{2,5}|#x[\da-f]{2,4});", re.I
)
_ASCII = [chr(c) for c in range(0x80)]

# libxml2 takes quadratic time over the attributes of one tag; such a tag keeps its name only.
_ATTRIBUTE_BOMB = re.compile(
    rb"""(<[a-zA-Z][a-zA-Z0-9]*+)(?:[\s/]++[^\s"'<>=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+){250,}+"""
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and how it was read.

    Attributes:
        text: the characters, without NUL and lone surrogates, mojibake mended.
        encoding: the character set that was used.
        warnings: what was wrong with it.
        markup: the same in UTF-8, where the page came so.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    markup: bytes | None = field(default=None, repr=False, compare=False)


def decode(source: bytes | str, declared: str | None = None) -> Decoded:
    """Finds the character set of a page and reads it.

    Args:
        source: the page.
        declared: character set told by the HTTP header, if any.

    Raises:
        EmptyInput: nothing but white space.
        NotText: binary data.
        InputTooLarge: more than `MAX_BYTES`.
    """
    if len(source) > MAX_BYTES:
        raise InputTooLarge(f"the input has {len(source):,} bytes; the cleaner takes at most {MAX_BYTES:,}")
    if (not source or source.isspace()) if isinstance(source, str) else not _CONTENT.search(source):
        raise EmptyInput("the input is empty")
    return _mended(Decoded(source, "text") if isinstance(source, str) else _read(source, declared))


def _read(body: bytes, declared: str | None) -> Decoded:
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom) :].decode(name, "replace"), name)
    _refuse_binary(body)
    named = declared or _declared_in_meta(body)
    try:
        return Decoded(body.decode("utf-8"), "utf-8", _disagreement(named, "utf-8", body), body)
    except UnicodeDecodeError:
        pass
    text, broken, sound = _read_mixed(body)
    if sound > broken:
        return Decoded(text, "utf-8", (f"{broken} bytes are not valid UTF-8 and were read as windows-1252",))
    encoding = _python_codec(named) or "cp1252"
    return Decoded(body.decode(encoding, "replace"), encoding)


def _refuse_binary(body: bytes) -> None:
    head = body[:4096]
    if head.startswith(_SIGNATURES):
        raise NotText("the input is a binary file, not a page of text")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > len(head) // 50 and not _TAG.search(head):
        raise NotText("the input is binary data, not a page of text")


def _declared_in_meta(body: bytes) -> str | None:
    found = _META_CHARSET.search(body, 0, 8192)
    return found.group(1).decode("ascii") if found else None


def _python_codec(name: str | None) -> str | None:
    try:
        codec = codecs.lookup(name.strip().strip("\"'")).name if name else None
    except (LookupError, ValueError):
        return None
    return codec if codec is not None and codec != "iso8859-1" and codec.startswith(_CHARSETS) else None


def _disagreement(named: str | None, used: str, body: bytes) -> tuple[str, ...]:
    if named is None or body.isascii() or named.lower().replace("_", "-") in ("utf-8", "utf8"):
        return ()
    return (f"the page declares {named} but is {used}",)


def _read_mixed(body: bytes) -> tuple[str, int, int]:
    """UTF-8 with stray windows-1252 bytes: the text, how many bytes were stray, how many characters sound."""
    text = body.decode("utf-8", "surrogateescape")
    strays = len(_STRAY_BYTE.findall(text))
    sound = len(text) - strays - sum(map(text.count, _ASCII))
    return text.translate(_STRAY_BYTES), strays, sound


def _mended(page: Decoded) -> Decoded:
    text, warnings = page.text, page.warnings
    if "\x00" in text:
        text = text.replace("\x00", "")
        if not text.strip():
            raise EmptyInput("the input is empty")
    if page.encoding == "text" and not _encodable(text):
        # True pairs are joined, lone halves become U+FFFD.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        warnings += ("lone surrogates were replaced",)
    if any(sign in text for sign in _MOJIBAKE_SIGNS):
        text, count = _MOJIBAKE.subn(_mend_run, text)
        if count:
            warnings += ("UTF-8 that had been read as windows-1252 was mended",)
    return page if text is page.text else Decoded(text, page.encoding, warnings)


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _mend_run(found: re.Match[str]) -> str:
    run = found.group()
    raw = bytearray()
    for char in run:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            raw.append(ord(char) & 0xFF)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return run


def parse(page: Decoded) -> etree._Element:
    """Parses a page once, without comments and processing instructions.

    Raises:
        NotText: no element could be made of it.
        InputTooLarge: more than `MAX_TAGS` tags.
    """
    markup = page.text.encode("utf-8") if page.markup is None else page.markup
    if len(markup) > MAX_TAGS and markup.count(b"<") > MAX_TAGS:
        raise InputTooLarge(f"the page has more than {MAX_TAGS:,} tags")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        tree = etree.fromstring(_ATTRIBUTE_BOMB.sub(rb"\1", markup), parser)
    except etree.XMLSyntaxError as error:
        raise NotText("the input holds no HTML") from error
    if tree is None:
        raise NotText("the input holds no HTML")
    return tree


def without_strays(text: str) -> str:
    """The text without code points that are no text, with its white space as it is; lone surrogates are replaced."""
    return text if text.isprintable() else text.translate(_STRAY)


def fold(text: str) -> str:
    """Text as a reader sees it: white space runs folded, stray code points gone, doubly escaped entities read."""
    text = " ".join(text.split())
    if not text.isprintable():
        text = " ".join(text.translate(_STRAY).split())
    if "&" in text and _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda found: html.unescape(html.unescape(found.group())), text)
        text = " ".join(text.split())
    return text
