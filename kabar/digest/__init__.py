"""The daily digest of a desk (kliping): each story once, under the person, body or place that it is most about.

digest = gather(store, query, since, until, "official")
report = digest_report(digest, words("id"), "full")
"""

from __future__ import annotations

from kabar.digest.gathering import Clip, Digest, Section, Story, Subject, Topic, gather
from kabar.digest.layout import Body, digest_report

__all__ = ["Body", "Clip", "Digest", "Section", "Story", "Subject", "Topic", "digest_report", "gather"]
