"""What is looked at in a translation before it goes to review or is published."""

from cms.translation.checks.findings import Finding
from cms.translation.checks.segments import errors, find, find_in_row
from cms.translation.checks.strings import find_in

__all__ = ["Finding", "errors", "find", "find_in", "find_in_row"]
