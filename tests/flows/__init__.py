"""The flows, under a Prefect server of the tests."""
