"""The explorer in a real browser that can reach nothing but the gateway."""

import re

import pytest
from playwright.async_api import expect

from tests.web.examples import EXAMPLES
from tests.web.reader import Reader

pytestmark = pytest.mark.browser

SENT = "query Sent { sent }"
ANSWER = ".result-window"


async def test_a_query_is_answered_and_its_extensions_are_shown(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    await reader.write("query Given($number: Int!) { given(number: $number) }", '{"number": 46029}')
    await reader.ask()
    await reader.sees("46029", '"extensions"', "UNAVAILABLE")
    outcome = reader.page.get_by_role("status").filter(has_text="200")
    await expect(outcome).to_contain_text("licenses UNAVAILABLE")
    await expect(outcome).to_contain_text("workers OK")


async def test_no_request_leaves_the_gateways_origin(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    await reader.page.get_by_label("Show Documentation Explorer").click()
    await reader.page.get_by_label("Open settings dialog").click()
    await reader.page.keyboard.press("Escape")
    await reader.write(SENT)
    await reader.ask()
    await reader.sees("application/graphql-response+json")
    assert reader.origins == {toy_url}


async def test_the_six_examples_are_open_with_their_variables(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    for example in EXAMPLES:
        await reader.tab(example.operation)
        assert await reader.query() == example.query
        assert await reader.variables() == example.variables_text


async def test_a_closed_example_opens_again_from_the_menu(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    third = EXAMPLES[2]
    await reader.tab(third.operation)
    await reader.page.locator(".graphiql-tab-active").get_by_label("Close Tab").click()
    await reader.choose("Example", third.title)
    await expect(reader.page.locator(".graphiql-tab-active")).to_contain_text(third.operation)
    assert await reader.query() == third.query
    assert await reader.variables() == third.variables_text


async def test_without_a_role_nothing_is_claimed(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    await reader.write(SENT)
    await reader.ask()
    await reader.sees("accept:")
    await expect(reader.page.locator(ANSWER)).not_to_contain_text("authorization")
    await expect(reader.page.locator(ANSWER)).not_to_contain_text("x-access")


async def test_role_purpose_and_mode_go_along_and_outlast_a_reload(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    await reader.choose("Role", "Regulator: everywhere")
    await reader.choose("Purpose", "court order")
    await reader.choose("No right", "refuse the query")
    await reader.open(toy_url)
    await reader.write(SENT)
    await reader.ask()
    await reader.sees("Bearer token-of-regulator", "x-access-purpose: court-order", "x-access-mode: reject")


async def test_a_token_is_kept_nowhere(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    await reader.choose("Role", "Employer: a hospital")
    await reader.write(SENT)
    await reader.ask()
    await reader.sees("Bearer token-of-employer")
    await reader.tab(EXAMPLES[1].operation)
    await reader.page.wait_for_function("sessionStorage.getItem('svod:access')?.includes('employer')")
    kept = await reader.page.evaluate("JSON.stringify([sessionStorage, localStorage, document.cookie])")
    assert "token-of" not in kept
    assert await reader.page.evaluate("localStorage.length") == 0


async def test_without_demo_tokens_the_page_asks_for_one(reader: Reader, production_url: str) -> None:
    await reader.open(production_url)
    await reader.page.get_by_label("Token", exact=True).fill("my-own")
    await reader.write(SENT)
    await reader.ask()
    await reader.sees("Bearer my-own")
    # The browser itself notes that there is no /demo/tokens here.
    assert len(reader.complaints) == 1
    assert "404" in reader.complaints.pop()


async def test_a_subscription_shows_its_events_as_the_chosen_role(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    await reader.choose("Role", "Employer: a hospital")
    await reader.write("subscription Ticks { ticks }")
    await reader.begin()
    await reader.sees("tick 2 for Bearer token-of-employer")


async def test_the_keyboard_alone_is_enough(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    keyboard = reader.page.keyboard
    await keyboard.press("Tab")
    await expect(reader.page.locator("a.page")).to_be_focused()
    for name in ("example", "role"):
        await keyboard.press("Tab")
        await expect(reader.page.locator(":focus")).to_have_id(name)
    await keyboard.press("ArrowDown")
    # Two more menus, the buttons at the side, a tab and its cross for each example, one for a new tab.
    for _ in range(30):
        await keyboard.press("Tab")
        if await reader.page.locator(".graphiql-query-editor textarea:focus").count():
            break
    await keyboard.press("Control+A")
    await keyboard.type("query Mine {sent")
    await expect(reader.page.locator(".graphiql-tab-active")).to_contain_text("Mine")
    await keyboard.press("Control+Enter")
    await reader.sees("Bearer token-of-employer")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_colours_follow_the_system(reader: Reader, toy_url: str, scheme: str) -> None:
    await reader.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await reader.open(toy_url)
    shades = await reader.page.evaluate(
        """() => ["body", ".graphiql-container"].map((name) =>
            Math.max(...getComputedStyle(document.querySelector(name)).backgroundColor.match(/[0-9.]+/g)))"""
    )
    assert all((shade < 128) == (scheme == "dark") for shade in shades), shades


async def test_a_narrow_window_shows_query_and_answer_one_above_the_other(
    reader: Reader, toy_url: str
) -> None:
    await reader.page.set_viewport_size({"width": 400, "height": 850})
    await reader.open(toy_url)
    query = await reader.page.locator(".graphiql-editors").bounding_box()
    answer = await reader.page.locator(".graphiql-response").bounding_box()
    assert query is not None
    assert answer is not None
    assert query["y"] + query["height"] <= answer["y"]
    assert await reader.page.evaluate("document.documentElement.scrollWidth") <= 400


async def test_a_gateway_that_is_gone_is_told(reader: Reader, toy_url: str) -> None:
    await reader.open(toy_url)
    await reader.page.route("**/graphql", lambda route: route.fulfill(status=502, body="<html>bad</html>"))
    await reader.write(SENT)
    await reader.begin()
    await reader.sees(re.compile("The gateway answered 502"))
    assert all("502" in complaint for complaint in reader.complaints)
    reader.complaints.clear()
