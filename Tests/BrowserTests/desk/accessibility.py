"""Runs axe-core on a page with the rules of WCAG 2.0, 2.1 and 2.2, levels A and AA."""

from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
_axe = Axe()


def violations(page):
    """Returns a line for each violation: the rule, the place, and the fix."""
    found = _axe.run(page, options=RULES).response["violations"]
    return [
        f"{page.url}: {rule['id']} at {node['target']}: {node['failureSummary']}"
        for rule in found for node in rule["nodes"]
    ]


def check(page):
    found = violations(page)
    assert not found, "\n".join(found)
