"""Tests of the warehouse's edge."""
