"""Proof of publication (bukti tayang): which outlets ran a press release, when, and how much of it.

evidence = prove(store, release, query, LEAST)
report = proof_report(evidence, words("id"))
"""

from __future__ import annotations

from kabar.proof.evidence import Evidence, Run, prove
from kabar.proof.layout import proof_report
from kabar.proof.overlap import LEAST, Overlap, overlap

__all__ = ["LEAST", "Evidence", "Overlap", "Run", "overlap", "proof_report", "prove"]
