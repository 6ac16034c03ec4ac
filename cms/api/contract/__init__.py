"""The contract as files: OpenAPI, JSON Schemas and examples, all made from the models and the routes."""
