"""`python -m etl.cli`: the command line without an installed script."""

from etl.cli.main import main

main()
