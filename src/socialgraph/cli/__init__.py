"""The shell face: parse, call `graph.py`, print. The same words as the Python API.

Exit status: 0 done, 1 findings, 2 wrong use or something that is not there.
"""

from socialgraph.cli import asking, giving, keeping
from socialgraph.cli.options import main

__all__ = ["asking", "giving", "keeping", "main"]
