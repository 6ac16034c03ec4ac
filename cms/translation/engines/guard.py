"""The guarded translator: the only way from a page to an engine.

Before each request it looks again whether the engine has an agreement and whether everybody may read the page, and
takes the characters from the month's budget. What comes back is counted mark by mark. Names are held in languages that
give them no endings; in others they are left to an engine that knows the endings, with its glossary where it has one,
and the checks of the workbench say which of them did not come back. Whatever goes wrong is a reason and no error: what
was translated until then is kept.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.content.pages import ContentPage
from cms.translation.engines.choosing import find_engine
from cms.translation.engines.engine import Engine, EngineFailed, Limits, Trouble
from cms.translation.engines.marks import Masked, mask, unmask
from cms.translation.engines.models import Spending, give_back, has_agreement, left, reserve
from cms.translation.engines.names import glossary_of
from cms.translation.engines.reasons import Reason
from cms.translation.names.matching import has_cases
from cms.translation.names.register import Register, read_register

PATIENCE = 45
"""Seconds after which no further request begins: somebody waits before a page, and nginx gives up after 60."""


@dataclass
class Suggested:
    """What an engine made of some texts, by the text, and why it made nothing of the others."""

    tool: str
    texts: dict[str, str] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    glossary: str | None = None
    """What the engine calls the register, when it has it; None before it was asked."""


def translate(translation: Translation, texts: Sequence[str]) -> Suggested:
    """Return what an engine makes of texts of the translation's source, localize's HTML."""
    source, target = languages_of(translation)
    engine = find_engine(source, target)
    if engine is None:
        return Suggested("", reasons=[Reason.NO_ENGINE])
    found, register = Suggested(engine.label), read_register()
    key = translation.source.object_id
    held = () if engine.declines and has_cases(target) else register
    masked = [mask(text, (source, target), held, key) for text in dict.fromkeys(texts)]
    fitting = [each for each in masked if len(each.text) <= engine.limits.characters]
    if len(fitting) < len(masked):
        found.reasons.append(Reason.TOO_LONG)
    deadline = time.monotonic() + PATIENCE
    for batch in _batches(fitting, engine.limits):
        reason = find_obstacle(translation) or (Reason.PATIENCE if time.monotonic() > deadline else None)
        if reason is None and found.glossary is None:
            found.glossary = _keep_glossary(engine, (source, target), register, key, found.reasons)
        if reason := reason or _send(engine, (source, target), batch, found):
            found.reasons.append(reason)
            break
    return found


def find_obstacle(translation: Translation) -> Reason | None:
    """Return why nothing of this translation's source may be sent now, or None."""
    engine = find_engine(*languages_of(translation))
    if engine is None:
        return Reason.NO_ENGINE
    if not has_agreement(engine.name):
        return Reason.NO_AGREEMENT
    pages = list(Page.objects.filter(translation_key=translation.source.object_id))
    source = next((page for page in pages if page.locale_id == translation.source.locale_id), None)
    if source is None or not _is_public(source):
        return Reason.NOT_PUBLIC
    concerned = [page for page in pages if page.locale_id in (source.locale_id, translation.target_locale_id)]
    if any(page.get_view_restrictions().exists() for page in concerned):
        return Reason.RESTRICTED
    return None


def languages_of(translation: Translation) -> tuple[str, str]:
    """Return the languages from which and into which a text is translated."""
    return translation.source.locale.language_code, translation.target_locale.language_code


def _is_public(page: Page) -> bool:
    """Whether the text is out: published, not yet expired, under no embargo, and on a ground that still stands."""
    now = timezone.now()
    said = page.specific
    is_embargoed = bool(page.go_live_at and page.go_live_at > now)
    is_over = bool(page.expire_at and page.expire_at <= now)
    is_out = bool(page.live and page.first_published_at and not is_embargoed and not is_over)
    return is_out and isinstance(said, ContentPage) and said.is_permitted(now)


def _send(engine: Engine, languages: tuple[str, str], batch: Sequence[Masked], found: Suggested) -> Reason | None:
    """Send a batch, or as much of it as the budget pays; return why no more is to be sent."""
    paid = _within_budget(languages[1], batch)
    if paid is None:
        return Reason.BUDGET
    spending, affordable = paid
    try:
        answers = _ask(engine, languages, [each.text for each in affordable], found)
    except EngineFailed as failed:
        if failed.is_undone:
            give_back(spending, _characters(affordable))
        return Reason(failed.trouble.value)
    taken = _take(affordable, answers)
    found.texts.update(taken)
    if len(taken) < len(affordable):
        found.reasons.append(Reason.MARKS)
    return Reason.BUDGET if len(affordable) < len(batch) else None


def _keep_glossary(
    engine: Engine, languages: tuple[str, str], register: Register, key: UUID, reasons: list[Reason]
) -> str:
    """Return the engine’s glossary; none for a page that speaks about forms of names, which stay as they are there."""
    if any(key in known.mentioned_by for known in register):
        return ""
    try:
        return engine.keep_glossary(*languages, glossary_of(*languages, register))
    except EngineFailed:
        reasons.append(Reason.GLOSSARY)
        return ""


def _ask(engine: Engine, languages: tuple[str, str], texts: Sequence[str], found: Suggested) -> list[str]:
    """Ask with the glossary, and without it once that is gone."""
    try:
        return engine.translate(*languages, texts, found.glossary or "")
    except EngineFailed as failed:
        if failed.trouble is not Trouble.GLOSSARY:
            raise
        found.glossary = ""
        found.reasons.append(Reason.GLOSSARY)
        return engine.translate(*languages, texts)


def _take(batch: Sequence[Masked], answers: Sequence[str]) -> Mapping[str, str]:
    """Return those answers that have all marks of their text, and no others."""
    pairs = ((each.source, unmask(each, answer)) for each, answer in zip(batch, answers, strict=True))
    return {source: text for source, text in pairs if text is not None}


def _within_budget(language: str, batch: Sequence[Masked]) -> tuple[Spending, Sequence[Masked]] | None:
    """Take from the budget what the batch costs, or its beginning; None when not even its first text is left."""
    most = left(language)
    while batch and _characters(batch) > most:
        batch = batch[:-1]
    spending = reserve(language, _characters(batch)) if batch else None
    return (spending, batch) if spending else None


def _batches(texts: Sequence[Masked], limits: Limits) -> Iterator[list[Masked]]:
    batch: list[Masked] = []
    for each in texts:
        if batch and (len(batch) == limits.texts or _characters([*batch, each]) > limits.characters):
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def _characters(batch: Sequence[Masked]) -> int:
    return sum(len(each.text) for each in batch)
