"""The web pages of `newshouse explore`: made on the server, read without a script."""
