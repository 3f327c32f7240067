"""socialgraph: the sourced, time-aware knowledge graph of the network that supports Sweden's social services.

`SocialGraph` is the door, `View` the graph at a day, `Table` an answer; every error is a `SocialGraphError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from socialgraph.errors import SocialGraphError
    from socialgraph.graph import SocialGraph
    from socialgraph.model.table import Table
    from socialgraph.view import View

__version__ = "0.1.0"
__all__ = ["SocialGraph", "SocialGraphError", "Table", "View", "__version__"]

_HOMES = {"SocialGraph": "graph", "View": "view", "Table": "model.table", "SocialGraphError": "errors"}


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that the shell starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module 'socialgraph' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"socialgraph.{_HOMES[name]}"), name)
