"""The public documents of Misto as pydantic models: the source of OpenAPI, JSON Schemas, examples and clients."""
