"""Where the licences that editors name can be read."""

import re

_CREATIVE_COMMONS = re.compile(r"CC[- ](BY(?:-NC)?(?:-SA|-ND)?)[- ]([1-4]\.0)", re.IGNORECASE)
_ZERO = re.compile(r"CC0(?:[- ]1\.0)?", re.IGNORECASE)


def address_of_licence(name: str | None) -> str | None:
    """Return the address of a Creative Commons licence, named as SPDX or as people do; None for any other."""
    if name and (found := _CREATIVE_COMMONS.fullmatch(name.strip())):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    if name and _ZERO.fullmatch(name.strip()):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return None
