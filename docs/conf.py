"""How the documentation is built: Sphinx, MyST and furo; the pages load nothing from outside."""

from __future__ import annotations

import re
from pathlib import Path

_INIT = Path(__file__).parents[1] / "src" / "socialgraph" / "__init__.py"

project = "socialgraph"
author = "The socialgraph founders"
copyright = "2026, The socialgraph founders"
release = version = re.findall(r'__version__ = "(.+)"', _INIT.read_text(encoding="utf-8"))[0]
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
default_role = "code"
myst_heading_anchors = 3
myst_links_external_new_tab = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"socialgraph {release}"
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"footer_icons": []}

# Pygments knows no property paths in SPARQL (a|b); the queries are run by a test.
suppress_warnings = ["misc.highlighting_failure"]
