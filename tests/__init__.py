"""Promises to users, each as a test."""
