"""Wagtail's windows and lists of pictures and documents, without the files, and their tags, that are not for all."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from rest_framework.authentication import SessionAuthentication
from taggit.models import Tag
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.views import documents
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views import chooser, images

from cms.content.images import ContentImage
from cms.content.sight import files_to_choose, popular_tags, tags_to_choose

MOST_TAGS = 10


class _OfUser:
    """Holds the files that its reader may choose, and no others."""

    request: HttpRequest
    model: type[Model]
    authentication_classes = (SessionAuthentication,)  # without it the endpoint does not know who reads

    def get_queryset(self) -> QuerySet[Any]:
        """Return what Wagtail would show, narrowed."""
        files: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]  # of the view this is mixed into
        return files.filter(pk__in=files_to_choose(self.model, self.request.user).values("pk"))


class ImagesEndpoint(_OfUser, ImagesAdminAPIViewSet):
    """Pictures in the admin's own API."""


class DocumentsEndpoint(_OfUser, DocumentsAdminAPIViewSet):
    """Documents in the admin's own API."""


def complete_tag(request: HttpRequest) -> JsonResponse:
    """Return the tags that begin so, of the files that the reader may see."""
    beginning = request.GET.get("term", "")
    tags = tags_to_choose(request.user).filter(name__istartswith=beginning) if beginning else Tag.objects.none()
    return JsonResponse(list(tags.order_by("name").values_list("name", flat=True)[:MOST_TAGS]), safe=False)


class ImageChooseView(chooser.ImageChooseView):
    """The window in which a picture is chosen."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the tags of what may be seen."""
        return {**super().get_context_data(**kwargs), "popular_tags": popular_tags(ContentImage, self.request.user)}


class _Tagged:
    """Offers, to narrow a list of files, the tags of what its reader may see."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)  # type: ignore[call-arg]  # of the same
        if "tag" in self.filters:  # type: ignore[attr-defined]  # of the filters this is mixed into
            tags = popular_tags(self._meta.model, request.user)  # type: ignore[attr-defined]
            self.filters["tag"].extra["choices"] = [(tag.name, tag.name) for tag in tags]  # type: ignore[attr-defined]


class _ImageFilters(_Tagged, images.ImagesFilterSet):
    class Meta(images.ImagesFilterSet.Meta):
        pass


class _DocumentFilters(_Tagged, documents.DocumentsFilterSet):
    class Meta(documents.DocumentsFilterSet.Meta):
        pass


class ImageList(images.IndexView):
    """The list of the pictures that one may change."""

    filterset_class = _ImageFilters


class DocumentList(documents.IndexView):
    """The list of the documents that one may change."""

    filterset_class = _DocumentFilters


class _ImageChooser(chooser.ImageChooserViewSet):
    choose_view_class = ImageChooseView


def urls() -> list[URLPattern]:
    """Return the addresses under which our views stand in front of Wagtail's; their names stay those of Wagtail."""
    window = _ImageChooser("wagtailimages_chooser", model=ContentImage, url_prefix="images/chooser")
    return [
        path("tag-autocomplete/", complete_tag),
        path("images/chooser/", window.choose_view),
        path("images/", ImageList.as_view()),
        path("images/results/", ImageList.as_view(results_only=True)),
        path("documents/", DocumentList.as_view()),
        path("documents/results/", DocumentList.as_view(results_only=True)),
    ]
