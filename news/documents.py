"""What is public about news articles and topics."""

from cms.content.blocks import public_body
from cms.content.documents import Context, document
from cms.content.main_image import main_image
from frontend_contract.models.blocks import StoredBlock
from frontend_contract.models.content import NewsContent, TopicContent
from frontend_contract.models.links import Pointer
from news.models import NewsPage, TopicPage

_NewsContent = NewsContent[Pointer, StoredBlock]
"""pydantic looks for a class with its parameters each time it is named with them."""


@document(NewsPage, kind="news")
def news_article(page: NewsPage, context: Context) -> NewsContent[Pointer, StoredBlock]:
    """Return what is public about an article. It waits for the people it quotes: their names are part of it."""
    day = context.published_at.date()
    return _NewsContent(
        lead=page.lead.strip(),
        image=main_image(page),
        topics=[Pointer(pointer="topics", id=row.key) for row in page.topics.all() if row.key],
        people=[Pointer(pointer="people", id=row.key, at=day) for row in page.people.all() if row.key],
        partners=[Pointer(pointer="partners", id=row.key) for row in page.partners.all() if row.key],
        partnerships=[Pointer(pointer="partnerships", id=row.key) for row in page.partnerships.all() if row.key],
        body=public_body(page.body, context, needs_speakers=True),
    )


@document(TopicPage, kind="topics")
def topic(page: TopicPage, context: Context) -> TopicContent[Pointer]:
    """Return what is public about a topic."""
    return TopicContent[Pointer](code=page.code, label=page.title)
