"""Neo4j Browser, as its user sees and moves it."""

from __future__ import annotations

import base64
import json
from typing import Any, Final

from playwright.async_api import Locator, Page, expect

_TIMEOUT: Final = 60_000.0
_SETTINGS: Final = {"playImplicitInitCommands": False, "autoComplete": False, "theme": "normal"}
"""No tutorial, no edges that were not asked for ("connect result nodes"), the light theme."""

_REMEMBER: Final = """
const key = "neo4j.settings";
const known = JSON.parse(localStorage.getItem(key) || "{}");
localStorage.setItem(key, JSON.stringify({...known, ...%s}));
"""
_DROP: Final = """
([name, content]) => {
  const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name));
  return transfer;
}
"""
_NOTHING_MOVES: Final = """
() => {
  const moving = "svg g.node, svg > g";
  const places = [...document.querySelectorAll(moving)].map(node => node.getAttribute("transform")).join();
  const same = window.lastPlaces === places;
  window.lastPlaces = places;
  return same;
}
"""


class Neo4jBrowser:
    """One open page of it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def open(self, address: str, bolt: str) -> None:
        """Open it and wait for its prompt.

        Args:
            address: of its page.
            bolt: of the server to connect to, which asks for no password.
        """
        await self.page.add_init_script(_REMEMBER % json.dumps(_SETTINGS))
        await self.page.goto(f"{address}?dbms={bolt}&preselectAuthMethod=NO_AUTH")
        await expect(self.page.get_by_test_id("activeEditor")).to_contain_text("neo4j$", timeout=_TIMEOUT)

    async def drop(self, name: str, content: bytes) -> None:
        """Drag a file from the desktop onto it."""
        transfer = await self.page.evaluate_handle(_DROP, [name, base64.b64encode(content).decode()])
        await self.page.dispatch_event("[class*=filedrop]", "drop", {"dataTransfer": transfer})

    async def remembered(self, name: str) -> Any:
        """What it keeps under a name, such as ``grass`` for its style; waits until there is something."""
        kept = await self.page.wait_for_function("name => JSON.parse(localStorage.getItem(`neo4j.${name}`))", arg=name)
        return await kept.json_value()

    async def run(self, command: str) -> Locator:
        """Type a command or a query and run it; returns its frame, once it holds an answer."""
        await self.page.evaluate("document.querySelectorAll('[data-testid=frame]').forEach(f => f.dataset.old = 1)")
        await self.page.get_by_test_id("activeEditor").locator("textarea, [role=textbox]").first.focus()
        await self.page.keyboard.insert_text(command)
        await self.page.keyboard.press("Control+Enter")
        frame = self.page.locator("[data-testid=frame]:not([data-old])")
        answered = frame.locator("[data-testid=frame-loaded-contents], [data-testid=frameStatusbar], .error")
        await expect(answered.first).to_be_attached(timeout=_TIMEOUT)
        return frame

    async def show_whole(self, command: str) -> None:
        """Run a query and let its graph fill the window, at rest."""
        frame = await self.run(command)
        await frame.get_by_title("Fullscreen").click()
        await frame.get_by_title("Collapse the node properties display").click()
        await self._at_rest()
        await frame.get_by_label("zoom-to-fit").click()
        await self._at_rest()
        await self.page.mouse.move(0, 0)

    async def _at_rest(self) -> None:
        """Wait until no node has moved between two looks."""
        await self.page.evaluate("window.lastPlaces = null")
        await self.page.wait_for_function(_NOTHING_MOVES, polling=500, timeout=_TIMEOUT)
