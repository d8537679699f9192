"""Drafts by hand: the field tests do not depend on what the rules and the body stage say today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cleanpage.config import Config
from cleanpage.draft import BlockFinding, Draft, Source, TextBlock, make_block
from cleanpage.fields import extract_fields
from cleanpage.labels import Label
from cleanpage.model import Comment
from cleanpage.rules import compiled, shipped_rules
from cleanpage.rules.time_budget import spans_of

CASES = Path(__file__).parent / "cases"


def load_cases(family: str) -> list[dict[str, Any]]:
    """Return a family's cases: ``name``, ``lines``, ``expect``; maybe ``url meta language absent taken``."""
    cases: list[dict[str, Any]] = json.loads((CASES / f"{family}.json").read_text(encoding="utf-8"))
    return cases


def draft_of(
    lines: list[list[str]], url: str | None = None, meta: dict[str, str] | None = None, language: str | None = None
) -> Draft:
    """Return a draft whose blocks are ``[labels, text]``: labels parted by blanks, ``?label`` a hint, ``+`` glued."""
    blocks: list[TextBlock] = []
    findings: list[BlockFinding] = []
    source = ""
    for labels, text in lines:
        start = len(source)
        source += text + "\n\n"
        block = make_block(start, len(source), (start, start + len(text)), text, glued="+" in labels.split())
        blocks.append(block)
        findings += [_finding(len(blocks) - 1, block, label) for label in labels.split() if label != "+"]
    page = Source(source, "text", url, meta=meta or {})
    return Draft(page, tuple(blocks), Config(), tuple(findings), language=language)


def _finding(i: int, block: TextBlock, label: str) -> BlockFinding:
    if label in ("body", "boilerplate"):
        return BlockFinding(i, Label(label), "body", "as the body stage says", 0.9, via="model")
    if label.startswith("?"):
        return BlockFinding(i, Label(label[1:]), "test.hint", "a hint", 0.5, via="run")
    rule = next((rule for rule in shipped_rules() if rule.id == label), None)
    if rule is None:
        return BlockFinding(i, Label(label), "test.rule", "as a list under a heading says", via="run")
    groups = tuple((rule.kind, *span) for span in spans_of(compiled(rule), block.folded, every=True))
    return BlockFinding(i, rule.label, rule.id, rule.why, groups=groups)


def values(draft: Draft) -> dict[str, Any]:
    """Return the value of each field: the best candidate's, or the list of the items."""
    many = {"captions", "attachments", "related", "comments", "licences", "contacts"}
    found: dict[str, Any] = {}
    best: dict[str, float] = {}
    for candidate in extract_fields(draft).candidates:
        if candidate.field in many:
            value = candidate.value.text if isinstance(candidate.value, Comment) else candidate.value
            found.setdefault(candidate.field, []).append(value)
        elif candidate.field not in best or candidate.score > best[candidate.field]:
            best[candidate.field] = candidate.score
            value = candidate.value
            found[candidate.field] = list(value) if isinstance(value, tuple) else value
    return found


def taken(draft: Draft) -> dict[str, list[str]]:
    """Return for each label that the extractors gave the texts of its blocks."""
    found: dict[str, list[str]] = {}
    for finding in extract_fields(draft).findings[len(draft.findings) :]:
        found.setdefault(finding.label, []).append(draft.blocks[finding.block].text)
    return found
