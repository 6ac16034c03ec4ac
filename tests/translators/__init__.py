"""What translators are promised: their language is theirs, and nobody publishes what they have not translated."""
