"""Acts on many things at once: whatever somebody may not see is not named to them either."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages import bulk_actions as of_pages
from wagtail.documents.views import bulk_actions as of_documents
from wagtail.images.views import bulk_actions as of_images
from wagtail.models import Page

from cms.content.sight import visible


class _Discreet(BulkAction):
    """Names nothing that its user does not come upon elsewhere, not even to say that it is not theirs."""

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        """Return what is the user's, and of the rest what they may see, as Wagtail sorts it."""
        theirs, others = super().get_actionable_objects()
        refused = others["items_with_no_access"]
        seen = set(self._seen().filter(pk__in=[thing.pk for thing in refused]).values_list("pk", flat=True))
        return theirs, {**others, "items_with_no_access": [thing for thing in refused if thing.pk in seen]}

    def _seen(self) -> QuerySet[Any]:
        raise NotImplementedError


class _OnPages(_Discreet):
    def _seen(self) -> QuerySet[Page]:
        pages: QuerySet[Page] = visible(Page.objects.all(), self.request.user)
        return pages


class _OnFiles(_Discreet):
    def _seen(self) -> QuerySet[Any]:
        ways = ["choose", "change", "delete"]
        files: QuerySet[Any] = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ways)
        return files


def _discreet(manner: type[_Discreet], act: Any) -> Any:
    return type(act.__name__, (manner, act), {})


ACTS = (
    *(
        _discreet(_OnPages, act)
        for act in (
            of_pages.DeleteBulkAction,
            of_pages.MoveBulkAction,
            of_pages.PublishBulkAction,
            of_pages.UnpublishBulkAction,
        )
    ),
    *(
        _discreet(_OnFiles, act)
        for files in (of_images, of_documents)
        for act in (files.AddTagsBulkAction, files.AddToCollectionBulkAction, files.DeleteBulkAction)
    ),
)
"""In the place of Wagtail's."""
