"""The form of a document to download."""

from wagtail.documents.forms import BaseDocumentForm

from cms.content.replaced_files import KeepsReplacedFile


class DocumentForm(KeepsReplacedFile, BaseDocumentForm):
    """Wagtail's, without its haste to delete."""
