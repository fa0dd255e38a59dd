"""Tests of the date engine."""
