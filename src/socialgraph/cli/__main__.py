"""`python -m socialgraph.cli`, where the command is not installed."""

from socialgraph.cli import main

if __name__ == "__main__":
    main(prog_name="socialgraph")
