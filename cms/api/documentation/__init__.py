"""The documentation for people, in English and in Swedish, made from what the OpenAPI document says."""
