"""What is public about front pages and about pages on the cooperation itself."""

from datetime import UTC

from pydantic import Field

from cms.content.blocks import public_body
from cms.content.documents import Context, document
from cms.content.main_image import main_image
from cms.content.rich_text import public_html
from frontend_contract.models.blocks import StoredBlock
from frontend_contract.models.content import HomeContent, InfoContent
from frontend_contract.models.links import Pointer
from frontend_contract.models.said import Notice
from home.models import Featured, HomePage, InfoPage


class HomeWithNotice(HomeContent[Pointer]):
    """A front page with its message to every reader."""

    notice: Notice | None = Field(description="A message to every reader.")


@document(HomePage, kind="home")
def front_page(page: HomePage, context: Context) -> HomeWithNotice:
    """Return what is public about a front page."""
    return HomeWithNotice(
        text=public_html(page.text, context.targets),
        featured=[_pointer(row, context) for row in page.featured.all() if row.key],
        notice=_notice(page),
    )


@document(InfoPage, kind="pages")
def info_page(page: InfoPage, context: Context) -> InfoContent[Pointer, StoredBlock]:
    """Return what is public about a page on the cooperation."""
    return InfoContent[Pointer, StoredBlock](
        lead=page.lead.strip(), image=main_image(page), body=public_body(page.body, context)
    )


def _pointer(row: Featured, context: Context) -> Pointer:
    at = context.published_at.date() if row.kind == "people" else None
    return Pointer.model_validate({"pointer": row.kind, "id": row.key, "at": at})


def _notice(page: HomePage) -> Notice | None:
    if not page.notice_text or page.notice_at is None:
        return None
    return Notice(text=page.notice_text, at=page.notice_at.astimezone(UTC))
