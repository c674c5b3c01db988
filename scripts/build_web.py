"""Bundles the NL Design System components that the web page uses: bot/kanalen/web/bestanden/nlds.css.

The bundle is the packages' own CSS, unaltered, at the versions of tests/counterparts/package-lock.json. It
stands in git so that the page looks as it should on a machine without Node; a test compares the two.
Run it with `make web` after changing a version.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAKKETTEN = ROOT / "tests" / "counterparts" / "node_modules"
BUNDEL = ROOT / "bot" / "kanalen" / "web" / "bestanden" / "nlds.css"
ONDERDELEN = (
    "@nl-design-system-candidate/button-css/dist/button.css",
    "@nl-design-system-candidate/code-css/dist/code.css",
    "@nl-design-system-candidate/data-badge-css/dist/data-badge.css",
    "@nl-design-system-candidate/heading-css/dist/heading.css",
    "@nl-design-system-candidate/link-css/dist/link.css",
    "@nl-design-system-candidate/paragraph-css/dist/paragraph.css",
    "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
    "@utrecht/alert-css/dist/index.min.css",
    "@utrecht/form-label-css/dist/index.min.css",
    "@utrecht/select-css/dist/index.min.css",
    "@utrecht/textarea-css/dist/index.min.css",
)


def bundel() -> str:
    """The CSS of all components, each under the name, version and licence of its package."""
    return "".join(map(_onderdeel, ONDERDELEN))


def _onderdeel(naam: str) -> str:
    pakket = json.loads((PAKKETTEN / naam.split("/dist/")[0] / "package.json").read_text(encoding="utf-8"))
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", (PAKKETTEN / naam).read_text(encoding="utf-8"))
    return f"/* {pakket['name']} {pakket['version']}, {pakket['license']} */\n{css.strip()}\n"


if __name__ == "__main__":
    BUNDEL.write_text(bundel(), encoding="utf-8")
    print(f"[routewijzer] {BUNDEL.relative_to(ROOT)} gemaakt")
