"""Telephone numbers and e-mail addresses from the contact lines that were cut."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.text.lazy_regex import lazy

RULE = "contacts"
_EMAIL = lazy(r"[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]{1,63}(?: ?\. ?[a-z\d-]{2,20}){1,3}(?![\w@])")
_PHONE = lazy(
    r"(?<![\d.-])\+?86 ?-? ?\d{2,3} ?-? ?\d{7,8}(?:(?: ?-| ?转) ?\d{1,6})?(?![\d-])"
    r"|(?<![\d.-])(?:\+\d{1,3} ?-? ?|\d{1,3} ?- ?)?(?:\(0?\d{2,4}\) ?|0\d{2,3} ?-? ?)\d{3,4} ?-?\d{4}"
    r"(?:(?: ?-| ?转) ?\d{1,6})?(?![\d-])"
    r"|(?<![\d-])400 ?-? ?\d{3,4} ?-? ?\d{3,4}(?![\d-])|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)123(?:77|15|45)(?!\d)"
    r"|(?<![\d+])\+\d{1,3}(?:[ -]?\(?\d{1,5}\)?){2,5}(?!\d)"
    r"|(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)|(?<![\d-])\d{2,4}-\d{3,4}-\d{4}(?!\d)"
)
_LABELS = labels_with(Trait.CONTACTS)
_REPORT = lazy(r"举报|电话|热线|传真|邮箱|tel|phone|mail|@")


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield numbers and addresses in order of appearance; those in the body are the body's."""
    seen = set()
    contact = page.labels.get(Label.CONTACT, ())
    for i in page.labelled(*_LABELS):
        block = page.blocks[i]
        if page.in_body(i) or not (i in contact or _REPORT.search(block.folded)):
            continue
        found = [*_EMAIL.finditer(block.folded), *_PHONE.finditer(block.folded)]
        for match in sorted(found, key=lambda m: m.start()):
            value = block.text[match.start() : match.end()].replace(" ", "")
            if value not in seen:
                seen.add(value)
                yield page.candidate(i, "contacts", value, RULE, 1.0)
