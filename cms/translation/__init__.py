"""The translators' desk: who may translate what, and how a translation came about."""
