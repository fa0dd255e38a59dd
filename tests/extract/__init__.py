"""Tests of etl/extract."""
