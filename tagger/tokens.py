"""Tokens and sentences of Indonesian news.

One compiled pattern cuts the text, instead of spaCy's affix rules: news on the web glues sentences ("2023.Ada",
"jelasnya.Menurut"), and 16,000 exceptions of spaCy's Indonesian would cost half a second at the start.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from spacy.vocab import Vocab

_ABBREVIATIONS = (
    "Drs|Dra|Dr|dr|Ir|Prof|KH|Hj|H|Tgk|Ust|Rp|No|no|Jl|JL|jl|Jln|jln|Gg|gg|Kec|kec|Kel|kel|Kab|kab|Ds|Dsn|Prov|prov|Kep|kep|Kp|kp|Tbk|tbk|PT|CV|UD|Yth|"
    "Sdr|Sdri|Bpk|Ny|Tn|St|Mr|Mrs|Ms|Jr|Sr|Lt|Kol|Letkol|Mayjen|Brigjen|Letjen|Jend|Kapt|Serka|Pol|a\\.n|u\\.p|dkk|dll|dsb|"
    "Inc|Ltd|Corp|Co|Kep|hlm|tgl|vs|Vs"
)
_DEGREE = r"(?:S|M|A|B|D|Sp|Ph|Amd|SE|SH)\.(?:[A-Z][A-Za-z]{0,4})(?:\.[A-Z][A-Za-z]{0,4}){0,2}(?![A-Za-z])\.?"
_DOMAIN = (
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,9}"
    r"(?:com|co|id|net|org|news|tv|info|go|COM|CO|ID|NET|ORG|NEWS)(?![A-Za-z0-9])"
)
# What is tried anew at every token has an end, so that a long run of letters and digits takes one pass.
_TOKEN = re.compile(
    rf"""
      \s+
    | (?:https?://|www\.)[^\s<>"”“]+[^\s<>"”“.,;:!?)\]]
    | [\w.+-]{{1,64}}@[\w-]+\.[\w.-]*\w                       # as long as RFC 5321 lets it be
    | {_DOMAIN}
    | (?:[A-Z]\.){{2,9}}(?=[\s,)"”\-;:]|$)                  # S.H.  H.M.
    | {_DEGREE}                                           # M.Si  S.Sos.
    | (?:{_ABBREVIATIONS})\.(?![A-Za-z0-9]*\.(?:com|co)\b) # Jl.  Drs.
    | [A-Z]\.(?=\ ?[A-Z])                                 # an initial in a name
    | \d+(?:[.,:/]\d+)*                                   # 1.000,5  05/11/2023  10.30
    | [^\W\d_]+(?:['’`][^\W\d_]+)*(?:-[a-z]+(?=[\W\d]|$))*  # Jum'at  anak-anak
    | \.{{2,}} | --+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_TERMINAL = frozenset({".", "!", "?", "…", "..", "..."})
_STRAIGHT = frozenset("\"'")
_CLOSING = _STRAIGHT | frozenset("”’)]»")


class NewsTokenizer:
    """Text in, `Doc` out; the tokens' texts and spaces always give the text back."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cuts `text` into words, numbers, signs and runs of white space."""
        words, spaces = split(text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002
        """Nothing to save: the rules are code."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> NewsTokenizer:  # noqa: ARG002
        """Nothing to load."""
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to save."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> NewsTokenizer:  # noqa: ARG002
        """Nothing to load."""
        return self


def split(text: str) -> tuple[list[str], list[bool]]:
    """Words of `text`, and whether a single space follows each (spaCy's own form)."""
    words: list[str] = []
    spaces: list[bool] = []
    after_word = False
    for piece in _TOKEN.findall(text):
        if not piece.isspace():
            words.append(piece)
            spaces.append(False)
            after_word = True
            continue
        if after_word and piece[0] == " ":
            spaces[-1] = True
            piece = piece[1:]
        if piece:
            words.append(piece)
            spaces.append(False)
        after_word = False
    return words, spaces


@Language.component("kabar_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Sets sentence starts: blank lines, and a full stop, question or exclamation mark before a new beginning."""
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    for at in sentence_starts(words, spaces):
        doc[at].is_sent_start = True
    return doc


def sentence_starts(words: list[str], spaces: list[bool]) -> list[int]:
    """Indices of the first token of every sentence; arguments as `split` gives them."""
    starts = [0] if words else []
    ended = False
    for at, word in enumerate(words):
        if word.isspace():
            ended = ended or ("\n" in word and (word.count("\n") > 1 or _line_ended(words, at)))
        elif ended and _begins(word, glued=at > 0 and not spaces[at - 1] and not words[at - 1].isspace()):
            if starts[-1] != at:
                starts.append(at)
            ended = False
        elif word in _TERMINAL:
            ended = True
        elif not (ended and word in _CLOSING):
            ended = False
    return starts


def _line_ended(words: list[str], at: int) -> bool:
    """Whether the line before this newline reads as finished."""
    return at > 0 and (words[at - 1] in _TERMINAL or words[at - 1] in _CLOSING or words[at - 1] in ":;,")


def _begins(word: str, *, glued: bool) -> bool:
    """Whether a sentence may begin with this word; a straight mark glued to the word before closes a quotation."""
    if word in _STRAIGHT:
        return not glued
    return not word[0].islower() and word not in _CLOSING and word not in ",;:.!?-–—"
