"""What `newshouse init` puts into a new home."""
