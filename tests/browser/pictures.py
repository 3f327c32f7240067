"""Pictures of the network page to be looked at: `.venv/bin/python tests/browser/pictures.py FOLDER`; desktop and phone, light and dark."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from socialgraph import SocialGraph

VIEWS = {
    "country": "",
    "focus": "#nod=kommunforbundet-vasternorrland&fokus=kommunforbundet-vasternorrland%201&dag=2018-04-30",
    "compared": "#fokus=kommunforbundet-vasternorrland%201&jamfor=2018-04-30",
    "relation": "#relation=352271fc4f3bc15e",
    "path": "#vag=malin-bolin%20skr",
    "story": "#berattelse=personal-delas.2",
    "english": "#lang=en&nod=skr",
}
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


def main(folder: Path) -> None:
    """Every view in every size and colour, as PNG files in a folder."""
    g = SocialGraph.open()
    file = g.explore(g.view(at="2019-12-31", mode="possible"), into=folder / "network.html")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                for name, fragment in VIEWS.items():
                    page.goto("about:blank")
                    page.goto(file.as_uri() + fragment)
                    page.wait_for_function("() => window.socialgraph && window.socialgraph.page.settled()")
                    page.wait_for_timeout(700)
                    page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/pictures"))
