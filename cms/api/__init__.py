"""What partner cities fetch over HTTP."""
