"""The script that keeps a copy of what a hub publishes, as `docs/mirror.md` has it."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

PAGE = Path(settings.BASE_DIR) / "docs" / "mirror.md"


@cache
def mirror_script() -> str:
    """Return the script."""
    [code] = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), flags=re.DOTALL | re.MULTILINE)
    return str(code)
