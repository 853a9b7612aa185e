"""Someone who uses the explorer with mouse and keyboard, and notes what the browser complains of."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Page, Request, Response, expect


class Reader:
    """Opens the explorer, writes queries, chooses, asks and reads answers."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.origins: set[str] = set()
        self.complaints: list[str] = []
        self._told: Any = None
        page.on("request", self._note_request)
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data":
            self.origins.add(f"{parts.scheme}://{parts.netloc}/")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    async def open(self, url: str) -> None:
        await self.page.goto(url)
        await expect(self.page.locator(".graphiql-query-editor .CodeMirror")).to_be_visible()

    async def tab(self, operation: str) -> None:
        """Shows the tab of an operation."""
        await self.page.get_by_role("button", name=operation, exact=True).click()
        await self._settled(operation)

    async def choose(self, label: str, option: str | re.Pattern[str]) -> None:
        menu = self.page.get_by_label(label, exact=True)
        wanted = menu.locator("option").filter(has_text=option).first
        await menu.select_option(await wanted.get_attribute("value"))

    async def write(self, query: str, variables: str = "") -> None:
        """Puts a text into the editors, as a paste would."""
        for editor, text in (("query-editor", query), ("editor-tool", variables)):
            area = self.page.locator(f".graphiql-{editor} .CodeMirror").first
            await area.evaluate("(element, text) => element.CodeMirror.setValue(text)", text)
        await self._settled(re.split(r"\W+", query)[1])

    async def _settled(self, operation: str) -> None:
        """GraphiQL reads the text a moment after it was put there; people are slower than that."""
        await self.page.wait_for_function(
            """operation => document.querySelector(".graphiql-query-editor .CodeMirror")
                .CodeMirror.operationName === operation""",
            arg=operation,
        )

    async def ask(self) -> None:
        """Asks the query in sight, and waits until the gateway has answered it."""
        async with self.page.expect_response(_answers_a_query) as response:
            await self.begin()
        self._told = await (await response.value).json()

    async def begin(self) -> None:
        """Presses the button of the operation in sight; an earlier answer is taken away."""
        await self.page.evaluate(
            """() => document.querySelector(".result-window .CodeMirror")?.CodeMirror.setValue("")"""
        )
        await self.page.locator(".graphiql-execute-button").click()

    async def answer(self) -> dict[str, Any]:
        """The answer in sight, as soon as it is the one that the gateway gave."""
        shown = await self.page.wait_for_function(
            """told => {
                const text = document.querySelector(".result-window .CodeMirror")?.CodeMirror.getValue();
                return text && JSON.stringify(JSON.parse(text)) === told ? text : null;
            }""",
            arg=await self.page.evaluate("told => JSON.stringify(told)", self._told),
        )
        return dict(json.loads(await shown.json_value()))

    async def sees(self, *texts: str | re.Pattern[str]) -> None:
        """Waits until the answer holds each text."""
        for text in texts:
            await expect(self.page.locator(".result-window")).to_contain_text(text)

    async def query(self) -> str:
        """The query in sight."""
        area = self.page.locator(".graphiql-query-editor .CodeMirror")
        return str(await area.evaluate("element => element.CodeMirror.getValue()"))

    async def variables(self) -> str:
        """The variables in sight."""
        area = self.page.locator(".graphiql-editor-tool .CodeMirror").first
        return str(await area.evaluate("element => element.CodeMirror.getValue()"))


def _answers_a_query(response: Response) -> bool:
    """Whether it is of what the reader asked: for the schema the page asks by itself, with each role."""
    asked = response.request
    body = asked.post_data_json if asked.method == "POST" else None
    return body is not None and body.get("operationName") != "IntrospectionQuery" and response.status != 401
