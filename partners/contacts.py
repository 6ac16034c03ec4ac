"""Contacts: how to reach somebody in office."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.content.localize import same
from cms.content.parts import PagePart

CONTACT_FIELDS = (("name", "role"), "organisation", ("email", "phone"), "url")
"""The fields of a contact as a form lays them out."""


class ContactPart(PagePart):
    """A way to reach somebody in office; never a private number or address."""

    name = models.CharField(_("name"), max_length=150, blank=True, help_text=_("A person or a switchboard."))
    role = models.CharField(_("role"), max_length=150, blank=True)
    organisation = models.CharField(_("organisation"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("An address of the office, never a private one."))
    phone = models.CharField(
        _("telephone"), max_length=40, blank=True, help_text=_("With the country's code, such as +46 90 16 10 00.")
    )
    url = models.URLField(_("web address"), blank=True)

    override_translatable_fields = same("email", "phone")

    class Meta(PagePart.Meta):
        abstract = True
        verbose_name = _("contact")
