"""Wagtail's API v2 over the same pages, with as much of an article as it can say."""

from django.urls import path
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.images.api.fields import ImageRenditionField

from cms.urls import urlpatterns as own
from news.models import NewsPage, NewsPartner, NewsPartnership, NewsPerson, NewsTopic

for row in (NewsTopic, NewsPerson, NewsPartner, NewsPartnership):
    row.api_fields = [APIField("key")]  # with the pages themselves it is several times slower
NewsPage.api_fields = [
    *(APIField(name) for name in ("lead", "body", "published_at", "license", "credit_line", "image_alt")),
    APIField("picture", serializer=ImageRenditionField("width-800", source="image")),
    *(APIField(name) for name in ("topics", "people", "partners", "partnerships")),
]

router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", PagesAPIViewSet)
urlpatterns = [path("api/v2/", router.urls), *own]
