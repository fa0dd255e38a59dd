"""How the recogniser of English names was made: see README.md."""
