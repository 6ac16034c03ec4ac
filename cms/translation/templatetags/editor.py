"""What localize's editor is told, for templates."""

import json

from django import template

register = template.Library()


@register.filter
def without_alias(props: str) -> str:
    """Return what the editor is told, without the way to make the page an alias of another language's."""
    told = json.loads(props)
    told["links"]["convertToAliasUrl"] = None
    return json.dumps(told)
