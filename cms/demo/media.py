"""Keeps the demo's pictures and files: drawn or written when they are first needed, found again afterwards."""

import csv
from io import BytesIO, StringIO

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Collection

from cms.content.files import ContentDocument
from cms.content.images import ContentImage
from cms.content.sizes import settle
from cms.demo.drawings import DRAWINGS
from cms.demo.texts import key_of, partner_files, read_toml

CREDIT = "Misto"
LICENSE = "CC0-1.0"


def image(name: str) -> ContentImage:
    """Return a drawing as an image, drawing it when it is not there yet."""
    title = f"Misto: {name.replace('-', ' ')}"
    found: ContentImage | None = ContentImage.objects.filter(title=title).first()
    return found or _draw(name, title)


def document(name: str) -> ContentDocument:
    """Return a file of the demo, writing it when it is not there yet."""
    title, filename, write = FILES[name]
    found: ContentDocument | None = ContentDocument.objects.filter(title=title).first()
    if found:
        return found
    written = ContentDocument(key=key_of("documents", name), title=title, collection=Collection.get_first_root_node())
    written.file.save(filename, ContentFile(write().encode("utf-8-sig")), save=False)
    written.save()
    written.get_file_hash()  # its entity tag, which the form of an upload makes
    return written


def _draw(name: str, title: str) -> ContentImage:
    drawn = ContentImage(
        title=title,
        credit=CREDIT,
        license=LICENSE,
        collection=Collection.get_first_root_node(),
        file=ImageFile(BytesIO(DRAWINGS[name]()), name=f"misto-{name}.png"),
    )
    drawn.save()
    stored: ContentImage = ContentImage.objects.get(pk=drawn.pk)
    settle(stored)
    return stored


def _names_of_partners() -> str:
    """Return the partners' names in every language as a table."""
    written = StringIO()
    table = csv.writer(written)
    table.writerow(["partner", "language", "script", "status", "name"])
    for file in partner_files():
        declared = read_toml(file)
        for name in declared["names"]:
            table.writerow([declared["slug"], name["language"], name["script"], name["status"], name["text"]])
    return written.getvalue()


FILES = {"names": ("Umeå, Херсон, Vaasa, ICLD", "misto-names.csv", _names_of_partners)}
"""Title, file name and content of each file."""
