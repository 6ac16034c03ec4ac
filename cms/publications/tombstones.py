"""What remains of a publication that goes away."""

from collections.abc import Mapping
from uuid import UUID

from cms.publications.models import Dependency, PastPath, Publication, Status, mark_of
from cms.publications.search.indexing import forget


def bury(
    row: Publication,
    status: Status,
    reason: str = "",
    *,
    using: str,
    by_hand: bool = False,
    alternative: str = "",
    replaced_by: UUID | None = None,
) -> None:
    """Turn a publication into a tombstone: key, kind, language, state, time and reason, and nothing of its text.

    Its addresses still lead to the tombstone, unless it is to be as if it never was.
    """
    last_path = row.path
    row.status, row.reason, row.by_hand = status, reason, by_hand
    row.alternative, row.replaced_by = alternative, replaced_by
    row.document = row.digest = row.title = row.slug = row.notice = ""
    row.title_key = b""
    row.card = {}
    row.path = row.partner = None
    row.published_at = row.updated_at = row.notice_at = row.next_change_at = None
    row.save(using=using)
    Dependency.objects.using(using).filter(publication=row).delete()
    forget([row], using=using)
    if status == Status.VANISHED:
        PastPath.objects.using(using).filter(key=row.key, language=row.language).delete()
    elif last_path:
        remember_paths({last_path: row}, using=using)


def remember_paths(left: Mapping[str, Publication], *, using: str) -> None:
    """Let addresses that publications had lead to them, unless others have them now."""
    if not left:
        return
    taken = set(Publication.objects.using(using).filter(path__in=left).values_list("path", flat=True))
    past = [
        PastPath(mark=mark_of(path), key=row.key, language=row.language)
        for path, row in left.items()
        if path not in taken
    ]
    PastPath.objects.using(using).bulk_create(
        past, update_conflicts=True, unique_fields=["mark"], update_fields=["key", "language"]
    )
