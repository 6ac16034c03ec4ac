#!/usr/bin/env python
"""Runs Misto's commands."""

import os
import sys

from cms.commands import run

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    run(sys.argv)
