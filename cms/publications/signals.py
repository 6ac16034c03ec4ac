"""Whatever can change a document only notes what to look at; it is read again when it is published."""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save, pre_delete, pre_save
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import post_page_move
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from cms.content.images import ImageText
from cms.content.references import is_bookkeeping
from cms.publications.marks import Branch, Everything, Key, Mark, OnePage, Register, Users
from cms.publications.noting import note_branch, note_marks, target_of
from cms.translation.models import Name, NameForm, Provenance, Term, TermForm

FindMarks = Callable[[Any], Iterable[Mark]]


def connect() -> None:
    """Listen to every model that can change a document."""
    for model in apps.get_models():
        find_marks = _finder_for(model)
        if find_marks is not None:
            _listen(model, find_marks)
    # Sent outside the transaction that made the change: the saves above have noted it already, once more is harmless.
    post_page_move.connect(_note_branch)


def _listen(model: type[Model], find_marks: FindMarks) -> None:
    def note_saved(instance: Model, using: str, **kwargs: Any) -> None:
        if not _is_bookkeeping(**kwargs):
            note_marks(find_marks(instance), using=using)

    def note_stored(instance: Model, using: str, **kwargs: Any) -> None:
        if not _is_bookkeeping(**kwargs):
            note_marks(_marks_of_stored(instance, find_marks, using), using=using)

    post_save.connect(note_saved, sender=model, weak=False)
    pre_delete.connect(note_saved, sender=model, weak=False)  # post_delete can no longer follow the row's links
    if find_marks in (_page_marks, _row_marks, _restriction_marks, _site_marks, _name_marks):
        pre_save.connect(note_stored, sender=model, weak=False)
    if model in _finders():
        _save_in_one_transaction(model)


def _is_bookkeeping(sender: type[Model], update_fields: Collection[str] | None = None, **_signal: Any) -> bool:
    return issubclass(sender, Page) and is_bookkeeping(update_fields)


def _finder_for(model: type[Model]) -> FindMarks | None:
    if issubclass(model, Page):
        return _page_marks
    if model in _finders():
        return _finders()[model]
    return _row_marks if _parents(model) else None


def _finders() -> dict[type[Model], FindMarks]:
    return {
        PageViewRestriction: _restriction_marks,
        get_image_model(): _file_marks,
        get_document_model(): _file_marks,
        ImageText: lambda text: [Users(f"{get_image_model()._meta.label_lower}:{text.image_id}")],
        Site: _site_marks,
        Locale: lambda locale: [Everything()],
        TranslationSource: lambda source: [Key(source.object_id)],
        Translation: lambda translation: [Key(translation.source.object_id)],
        StringTranslation: lambda string: [Key(string.context.object_id)] if string.context else [],
        Provenance: lambda provenance: [Key(provenance.key)],
        Name: _name_marks,
        NameForm: lambda form: _name_marks(form.name),
        Term: lambda term: [Register()],
        TermForm: lambda form: [Register()],
        SegmentOverride: lambda override: [Key(override.context.object_id)],
    }


def _page_marks(page: Page) -> list[Mark]:
    # Wagtail moves pages, and expires them, by saving rows of the base model: what is below may have moved too.
    return [Key(page.translation_key), *([Branch(page.pk)] if type(page) is Page else [])]


def _row_marks(row: Model) -> list[Mark]:
    return [mark for field in _parents(type(row)) for mark in _marks_of_parent(row, field)]


def _marks_of_parent(row: Model, field: ParentalKey) -> Iterable[Mark]:
    pk = getattr(row, field.attname)
    parent = field.related_model
    if pk is None:
        return []
    if issubclass(parent, Page):
        return [OnePage(pk)]
    if _parents(parent):
        return _row_marks(getattr(row, field.name))
    return [Users(f"{parent._meta.label_lower}:{pk}")]


def _restriction_marks(restriction: PageViewRestriction) -> list[Mark]:
    return [Branch(restriction.page_id)]


def _file_marks(file: Model) -> list[Mark]:
    return [Users(target_of(file))]


def _site_marks(site: Site) -> list[Mark]:
    return [Branch(site.root_page_id)]


def _name_marks(name: Name) -> list[Mark]:
    return [Key(name.page.translation_key)] if name.page else [Register()]


def _parents(model: type[Model]) -> list[ParentalKey]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ParentalKey)]


def _marks_of_stored(instance: Model, find_marks: FindMarks, using: str) -> list[Mark]:
    """Return what the row meant so far, when it is about to mean something else."""
    if instance.pk is None:
        return []
    model = Page if isinstance(instance, Page) else type(instance)
    stored = model._base_manager.using(using).filter(pk=instance.pk).first()
    match stored, instance:
        case Page(), Page():
            moved = (stored.slug, stored.translation_key) != (instance.slug, instance.translation_key)
            return [Key(stored.translation_key), Branch(stored.pk)] if moved else []
        case None, _:
            return []
    return list(find_marks(stored))


def _note_branch(instance: Page, **kwargs: object) -> None:
    note_branch(instance.pk, using=instance._state.db)


def _save_in_one_transaction(model: type[Model]) -> None:
    """Make a single save one fact with what it publishes: `post_save` comes after the row has been committed."""
    save = model.save

    @wraps(save)
    def save_and_publish(self: Model, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic(using=kwargs.get("using") or self._state.db):
            return save(self, *args, **kwargs)

    model.save = save_and_publish  # type: ignore[method-assign]  # other people's models have no other door
