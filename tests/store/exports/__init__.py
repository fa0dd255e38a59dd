"""Exports of what the warehouse published."""
