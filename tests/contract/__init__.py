"""The contract: what is written down is what is sent."""
