"""The addresses of the partner API: each reads its parameters, asks for publications and hands them out."""
