"""The rules in the order they are asked. Adding one: its file in `rules/` and its line here."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.rules.accepted import accepted
from crawler.rules.duplicate import duplicate
from crawler.rules.feed import Feed
from crawler.rules.name_taken import name_taken
from crawler.rules.vanished import vanished
from toolhub.catalog.toolinfo import Finding, ParsedRecord

REFUSALS = (accepted, duplicate, name_taken)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a feed: which records become tools, which names go, and all that is to be said about it.

    `valid`: the file could be read and every record of it became or stays a tool.
    """

    take: tuple[ParsedRecord, ...]
    remove: frozenset[str]
    findings: tuple[Finding, ...]
    valid: bool


def judge(feed: Feed) -> Verdict:
    findings = list(feed.parsed.errors)
    refused: set[int] = set()
    for rule in REFUSALS:
        for record, finding in rule(feed):
            refused.add(record.index)
            if finding is not None:
                findings.append(finding)
    for record in feed.parsed.records:
        findings += record.findings
    take = tuple(record for record in feed.parsed.records if record.index not in refused)
    findings.sort(key=lambda finding: (finding.line or 0, finding.column or 0))
    return Verdict(
        take, vanished(feed), tuple(findings), valid=not feed.parsed.errors and not refused
    )
