"""The newsroom that partner cities share."""
