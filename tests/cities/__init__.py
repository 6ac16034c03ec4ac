"""What partner cities' websites are promised, one module per section of the API's description."""
