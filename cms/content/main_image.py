"""The one main image of a page, as the contract shows it."""

from cms.content.errors import PublishingRefused
from cms.content.pages import Illustrated
from cms.content.pictures import explain_alt, public_image
from frontend_contract.models.images import Image


def main_image(page: Illustrated) -> Image | None:
    """Return the page's image; raise `PublishingRefused` naming the field when it is not described."""
    if page.image is None:
        return None
    problem = explain_alt(page.image, alt=page.image_alt, decorative=page.image_decorative)
    if problem:
        raise PublishingRefused([problem], {"image_alt": [problem]})
    return public_image(page.image, alt=page.image_alt, decorative=page.image_decorative, caption=page.image_caption)
