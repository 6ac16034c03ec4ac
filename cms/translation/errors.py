"""What the translators' desk refuses, said so that people know what to do."""

from cms.content.errors import PublishingRefused


class TranslationIncomplete(PublishingRefused):
    """A text in one language still shows another: it is not published, and nothing was changed."""


class TranslationRefused(Exception):  # noqa: N818  it is no error, it is an answer
    """A translation cannot be started or changed like this; `args[0]` is a sentence for the person who tried."""
