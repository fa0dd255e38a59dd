"""When and how often: the only place that imports prefect."""
