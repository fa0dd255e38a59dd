"""What happens to news."""
