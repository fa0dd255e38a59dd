"""Speed and memory, each measurement one command; peers run beside us in the same run."""
