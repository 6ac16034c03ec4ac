"""Why a machine suggests nothing, or not all: reasons that travel as words, and are said in the reader's language."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Reason(StrEnum):
    """Why nothing was sent, or nothing came back that can be used."""

    NO_ENGINE = "no-engine"
    NO_AGREEMENT = "no-agreement"
    NOT_YOURS = "not-yours"
    IN_REVIEW = "in-review"
    NOT_PUBLIC = "not-public"
    RESTRICTED = "restricted"
    NOTHING_OPEN = "nothing-open"
    BUDGET = "budget"
    TOO_LONG = "too-long"
    MARKS = "marks"
    PATIENCE = "patience"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    KEY = "key"
    QUOTA = "quota"
    REFUSED = "refused"
    GLOSSARY = "glossary"
    ODD = "odd"
    FAILED = "failed"


SENTENCES = {
    Reason.NO_ENGINE: _("No machine is set up for these two languages."),
    Reason.NO_AGREEMENT: _(
        "Nothing is sent to %(tool)s: an administrator has to record the data processing agreement with it first."
    ),
    Reason.NOT_YOURS: _("You may not change this text now: it is locked, in review, or not yours."),
    Reason.IN_REVIEW: _("This text is being reviewed: a machine suggests nothing meanwhile."),
    Reason.NOT_PUBLIC: _("Nothing is sent to %(tool)s: the source is not published, or not yet."),
    Reason.RESTRICTED: _("Nothing is sent to %(tool)s: not everybody may read this page."),
    Reason.NOTHING_OPEN: _("Nothing is left to translate here."),
    Reason.BUDGET: _("This month’s budget for machines in this language is spent. An administrator can raise it."),
    Reason.TOO_LONG: _("Some texts are longer than %(tool)s takes at once."),
    Reason.MARKS: _("In some texts %(tool)s lost or added links, marks or names, so they were not taken."),
    Reason.PATIENCE: _("It took too long to go on. Press the button again for the rest."),
    Reason.UNREACHABLE: _("%(tool)s does not answer. Try again later."),
    Reason.BUSY: _("%(tool)s is too busy. Try again in a few minutes."),
    Reason.KEY: _("%(tool)s does not accept our key. Tell an administrator."),
    Reason.QUOTA: _("What we may send to %(tool)s is used up. Tell an administrator."),
    Reason.REFUSED: _("%(tool)s does not take these texts; perhaps it does not know one of the languages."),
    Reason.GLOSSARY: _("%(tool)s does not take the register’s names and terms now: look at each of them."),
    Reason.ODD: _("%(tool)s answered something that is no translation."),
    Reason.FAILED: _("This did not work. Tell an administrator, who finds more in the log."),
}


@dataclass(frozen=True)
class Outcome:
    """What became of a page's open texts: how many a machine filled, how many are left, and why."""

    filled: int = 0
    left: int = 0
    reasons: tuple[Reason, ...] = ()
    tool: str = ""

    def pack(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def unpack(cls, packed: dict[str, Any]) -> "Outcome":
        """Return what was packed."""
        return cls(**{**packed, "reasons": tuple(Reason(reason) for reason in packed["reasons"])})


def say(outcome: Outcome) -> list[str]:
    """Return what to tell whoever asked, in their language."""
    return [*_say_filled(outcome), *_say_why(outcome.reasons, outcome.tool)]


def _say_filled(outcome: Outcome) -> list[str]:
    said = []
    if outcome.filled:
        said.append(
            ngettext(
                "%(tool)s has filled in %(count)d text. Accept or change it: nobody has read it yet.",
                "%(tool)s has filled in %(count)d texts. Accept or change each of them: nobody has read them yet.",
                outcome.filled,
            )
            % {"tool": outcome.tool, "count": outcome.filled}
        )
    if outcome.left and outcome.filled:
        said.append(
            ngettext("%(count)d text is still open.", "%(count)d texts are still open.", outcome.left)
            % {"count": outcome.left}
        )
    return said


def _say_why(reasons: Collection[Reason], tool: str) -> list[str]:
    return [str(SENTENCES[reason]) % {"tool": tool} for reason in dict.fromkeys(reasons)]
