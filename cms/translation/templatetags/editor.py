"""What localize's editor is told, for templates."""

import json

from django import template

register = template.Library()


@register.filter
def without_texts(props: str) -> str:
    """Return what the editor is told of pictures, files and links.

    It sends a text once, and a lost one is gone with the tab: the workbench has the texts. Nor is it told the way to
    make the page an alias of another language's.
    """
    told = json.loads(props)
    told["segments"] = [segment for segment in told["segments"] if segment["type"] != "string"]
    told["links"]["convertToAliasUrl"] = None
    return json.dumps(told)
