"""Tests of names and dates."""
