"""The postgresql backend that publishes before it commits."""
