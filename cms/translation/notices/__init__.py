"""Notices: what translators and reviewers are told, in the admin and by mail."""
