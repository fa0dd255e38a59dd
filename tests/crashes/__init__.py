"""Runs that are killed, and what the next run makes of them; `benchmarks/crash_sweep.py` too."""
