"""The employer's page in a real browser that can reach nothing but the gateway."""

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from playwright.async_api import Route, expect

from demo import stories
from gateway.dashboard import BUILT
from sources.registry import Registry
from tests.browser import PATIENCE
from tests.dashboard.conftest import Token
from tests.dashboard.employer import NARROW, Employer
from tests.faulty import Faulty, Mode

pytestmark = pytest.mark.browser

FIGURES = (
    "Сотрудников",
    "Занято ставок",
    "Свободно ставок",
    "Кончаются сроки",
    "Не могут работать",
    "Замечаний",
)


async def test_he_signs_in_and_sees_his_house_in_three_operations(employer: Employer, token: Token) -> None:
    await employer.sign_in(token())
    await employer.settled()
    await expect(employer.page.get_by_role("heading", level=1)).to_have_text("ГБУЗ ГКБ № 1")
    for name in FIGURES:
        await employer.figured(name)
    assert len(employer.operations) <= 3
    assert all(set(each.body) == {"documentId", "variables"} for each in employer.operations)
    assert employer.origins == {employer.url}


async def test_the_house_is_asked_for_before_the_page_is_read(employer: Employer, token: Token) -> None:
    """The largest script is held back until the operations are on their way; drawn, it asks nothing again."""
    largest = max(BUILT.glob("*.js"), key=lambda file: file.stat().st_size)
    asked = asyncio.Event()
    employer.page.on("request", lambda _: asked.set() if len(employer.operations) == 3 else None)

    async def hold(route: Route) -> None:
        await asyncio.wait_for(asked.wait(), PATIENCE / 1000)
        await route.continue_()

    await employer.page.add_init_script(f"sessionStorage.setItem('svod:token', {token()!r})")
    await employer.page.route(f"**/{largest.name}", hold)
    await employer.open()
    await employer.settled()
    for name in FIGURES:
        await employer.figured(name)
    assert len(employer.operations) == 3


async def test_the_token_stays_in_the_tab(employer: Employer, token: Token) -> None:
    signed = token()
    await employer.sign_in(signed)
    await employer.settled()
    assert await employer.page.evaluate("() => JSON.stringify({...localStorage})") == '{"svod:language":"ru"}'
    assert signed not in employer.page.url
    assert {each.authorization for each in employer.sent} == {f"Bearer {signed}"}
    await employer.page.reload()
    await employer.settled()
    await employer.page.get_by_role("button", name="Выйти").click()
    await expect(employer.page.get_by_label("Токен работодателя")).to_be_visible()
    assert await employer.page.evaluate("() => sessionStorage.length") == 0


async def test_a_figure_leads_to_its_rows_and_back(employer: Employer, token: Token) -> None:
    await employer.sign_in(token())
    staff = await employer.figured("Сотрудников")
    await employer.figure("Сотрудников").get_by_role("link").click()
    assert await employer.counted() == staff
    await expect(employer.rows()).to_have_count(min(staff, 25))
    await employer.page.go_back()
    assert await employer.figured("Сотрудников") == staff


@pytest.mark.parametrize(
    "panel",
    [
        "Сотрудники по группам должностей",
        "Сотрудники по категории",
        "Кто не может работать",
        "Замечания к данным",
    ],
)
async def test_a_bar_leads_to_as_many_rows_as_it_says(
    employer: Employer, token: Token, large_house: str, panel: str
) -> None:
    await employer.sign_in(token(large_house))
    lines = employer.panel(panel).locator(".bars").get_by_role("link")
    await expect(lines.first).to_be_visible()
    for at in range(min(3, await lines.count())):
        told = int(re.findall(r"\d+", await lines.nth(at).locator(".amount").inner_text())[0])
        await lines.nth(at).click()
        assert await employer.counted() == told
        await employer.page.go_back()
        await expect(lines.first).to_be_visible()


@pytest.mark.parametrize("panel", ["Сотрудники по возрасту", "Что кончается за 90 дней"])
async def test_a_piece_of_a_column_leads_to_as_many_rows_as_it_says(
    employer: Employer, token: Token, large_house: str, panel: str
) -> None:
    await employer.sign_in(token(large_house))
    piece = employer.panel(panel).locator("svg.columns").get_by_role("link").first
    told = str(await piece.get_attribute("aria-label")).rpartition(": ")[2]
    await piece.focus()
    await employer.page.keyboard.press("Enter")
    assert await employer.counted() == int(told)


async def test_behind_a_drawing_stands_a_table_with_the_same_links(
    employer: Employer, token: Token, large_house: str
) -> None:
    await employer.sign_in(token(large_house))
    ages = employer.panel("Сотрудники по возрасту")
    await ages.get_by_role("button", name="Таблицей").click()
    await expect(ages.get_by_role("row")).to_have_count(7)
    cell = ages.get_by_role("cell").get_by_role("link").first
    told = int(await cell.inner_text())
    await cell.click()
    assert await employer.counted() == told


async def test_vacancies_lead_to_posts_and_these_to_people(
    employer: Employer, token: Token, large_house: str
) -> None:
    await employer.sign_in(token(large_house))
    await employer.panel("Вакансии по подразделениям").locator(".bars").get_by_role("link").first.click()
    await expect(employer.page).to_have_url(re.compile("view=posts&department="))
    people = employer.rows().get_by_role("link").first
    told = int(await people.inner_text())
    await people.click()
    assert await employer.counted() == told


async def test_a_large_house_shows_its_first_posts_and_all_when_asked(
    employer: Employer, token: Token, large_house: str
) -> None:
    await employer.sign_in(token(large_house), "?view=posts")
    departments = employer.panel("По подразделениям")
    rows = departments.locator("tbody").get_by_role("row")
    button = departments.get_by_role("button", name="Показать все строки")
    await expect(rows).to_have_count(60)
    told = int("".join(filter(str.isdigit, await button.inner_text())))
    await button.press("Enter")
    await expect(rows).to_have_count(told)
    assert told > 60
    await expect(button).to_have_count(0)
    await expect(departments.get_by_role("region")).to_be_focused()


async def test_the_evidence_of_a_finding_is_said_in_the_readers_words(
    employer: Employer, token: Token, large_house: str
) -> None:
    await employer.sign_in(token(large_house), "?view=findings&finding=EMPLOYED_WITHOUT_CREDENTIAL")
    credential = employer.rows().filter(has_text="действует до").first
    said = re.compile(r"статус:\s.+,\sдействует до:\s\d+\s[а-я]+\.?\s\d{4}")
    await expect(credential).to_contain_text(said)
    await expect(credential).not_to_contain_text("validUntil")


@pytest.mark.parametrize("form", ["CSV", "XLSX"])
async def test_a_list_is_taken_home_as_it_is_narrowed(
    employer: Employer, token: Token, form: str, tmp_path: Path
) -> None:
    await employer.sign_in(token(), "?view=staff&allowed=no")
    count = await employer.counted()
    async with employer.page.expect_download() as started:
        await employer.page.get_by_role("button", name=form, exact=True).click()
    download = await started.value
    file = tmp_path / download.suggested_filename
    await download.save_as(file)
    assert file.suffix == f".{form.lower()}"
    if form == "CSV":
        rows = file.read_text(encoding="utf-8-sig").splitlines()
        assert "ФИО" in rows[0]
        assert len([row for row in rows[1:] if not row.startswith(("#", '"#'))]) == count
    else:
        assert openpyxl.load_workbook(file).worksheets[0].max_row == count + 1


async def test_the_address_of_a_list_can_be_shared(employer: Employer, token: Token) -> None:
    await employer.sign_in(token(), "?view=staff&allowed=no")
    count = await employer.counted()
    await expect(employer.page.get_by_role("heading", level=1)).to_have_text("Не могут работать")
    await expect(employer.page.get_by_label(re.compile("Снять отбор: Право работать"))).to_be_visible()
    await employer.page.get_by_role("link", name="Обзор").click()
    assert await employer.figured("Не могут работать") == count


async def test_the_staff_is_searched_narrowed_and_ordered(employer: Employer, token: Token) -> None:
    await employer.sign_in(token(), "?view=staff")
    everybody = await employer.counted()
    await employer.page.get_by_role("searchbox", name="Поиск").fill("ivanova")
    await employer.page.keyboard.press("Enter")
    await expect(employer.rows().first).to_contain_text("Иванова Анна Сергеевна")
    assert await employer.counted() < everybody
    await employer.page.get_by_role("link", name=re.compile("Снять отбор: Поиск")).click()
    await expect(employer.page.locator(".count")).to_contain_text(str(everybody))
    await employer.choose("Категория", re.compile("Без категории"))
    await expect(employer.page).to_have_url(re.compile("category=NONE"))
    await employer.page.get_by_role("link", name="Сотрудник", exact=True).click()
    await expect(employer.page).to_have_url(re.compile("sort=name"))
    await employer.page.get_by_role("link", name="Сотрудник", exact=True).click()
    await expect(employer.page.get_by_role("columnheader", name=re.compile("^Сотрудник"))).to_have_attribute(
        "aria-sort", "descending"
    )


async def test_one_employee_is_shown_from_all_four_registries(employer: Employer, token: Token) -> None:
    await employer.sign_in(token(), "?view=staff&q=ivanova")
    await employer.page.get_by_role("link", name="Иванова Анна Сергеевна").click()
    await expect(employer.page.get_by_role("heading", level=1)).to_have_text("Иванова Анна Сергеевна")
    await expect(employer.panel("Право работать")).to_contain_text("Может работать")
    await expect(employer.panel("Аккредитации и сертификаты")).to_contain_text("772200000001")
    # Personal: an employer sees it of his own staff.
    await expect(employer.panel("Запись")).to_contain_text(stories.CARDIOLOGIST.snils)


async def test_a_registry_that_is_away_is_told_and_nothing_becomes_nought(
    employer: Employer, token: Token, proxies: Mapping[Registry, Faulty]
) -> None:
    proxies[Registry.LICENSES].mode = Mode.REFUSE
    try:
        await employer.sign_in(token())
        await employer.settled()
        partial = employer.page.locator(".partials")
        await expect(partial).to_contain_text("Реестр лицензий не отвечает")
        await expect(employer.panel("Лицензии по адресам").get_by_role("alert")).to_contain_text(
            "не отвечает"
        )
        await expect(employer.panel("Лицензии по адресам")).not_to_contain_text("Лицензий нет")
        assert await employer.figured("Сотрудников") > 0
    finally:
        proxies[Registry.LICENSES].mode = Mode.PASS
    again = employer.page.locator(".partials").get_by_role("button", name="Спросить снова")
    # The gateway itself asks the registry again a little later than it is back.
    async with employer.patient():
        while await again.count():
            await again.click()
            await employer.settled()
    await expect(employer.panel("Лицензии по адресам")).to_contain_text("Л041-01137-77/00000001")


async def test_he_picks_one_of_his_organizations(employer: Employer, token: Token) -> None:
    await employer.sign_in(token(stories.CITY_HOSPITAL, stories.HEART_CLINIC))
    await employer.settled()
    await employer.choose("Организация", "Клиника сердца")
    await expect(employer.page.get_by_role("heading", level=1)).to_have_text("ООО «Клиника сердца»")
    assert stories.HEART_CLINIC in employer.page.url
    await employer.page.get_by_role("link", name="Лицензии", exact=True).click()
    await expect(employer.rows()).to_have_count(await employer.counted())
    await expect(employer.rows().first).to_contain_text("Клиника сердца")


@pytest.mark.parametrize(
    ("role", "organizations", "told"),
    [("auditor", [stories.CITY_HOSPITAL], "Вы вошли как: аудитор"), ("worker", [], "медработник")],
)
async def test_who_is_no_employer_is_told_so(
    employer: Employer, token: Token, role: str, organizations: list[str], told: str
) -> None:
    await employer.sign_in(token(*organizations, role=role))
    await expect(employer.page.get_by_role("main")).to_contain_text(told)
    assert employer.sent == []


async def test_an_expired_token_leads_back_to_the_door(employer: Employer, token: Token) -> None:
    await employer.sign_in(token(minutes=-5))
    await expect(employer.page.get_by_role("alert")).to_contain_text("Срок токена вышел")
    await expect(employer.page.get_by_label("Токен работодателя")).to_be_visible()


async def test_a_token_of_somebody_else_is_refused_by_the_gateway(employer: Employer, token: Token) -> None:
    head, body, _ = token().split(".")
    await employer.sign_in(f"{head}.{body}.{'A' * 86}")
    await expect(employer.page.get_by_role("alert")).to_contain_text("Шлюз не принял этот токен")
    assert all("401" in complaint for complaint in employer.complaints)
    employer.complaints.clear()


async def test_what_is_no_token_is_not_sent(employer: Employer) -> None:
    await employer.sign_in("my password")
    await expect(employer.page.get_by_role("alert")).to_contain_text("Это не токен")
    assert employer.sent == []


async def test_english_and_dark_are_remembered(employer: Employer, token: Token) -> None:
    await employer.sign_in(token())
    await employer.settled()
    await employer.choose("Язык", "English")
    await expect(employer.page.get_by_role("link", name="Overview")).to_be_visible()
    await employer.choose("Colours", "Dark")
    await employer.page.reload()
    await expect(employer.page.locator("html[lang=en][data-theme=dark]")).to_be_attached()
    await expect(employer.figure("Employees")).to_be_visible()
    for view in ("staff", "posts", "credentials", "licenses", "findings"):
        await employer.open(f"?view={view}")
        await employer.settled()
        # The data is Russian, and says so; the page's own words are not.
        own = "() => [...document.querySelectorAll('main *')].filter(each => !each.closest('[lang=ru]'))"
        texts = await employer.page.evaluate(
            own + ".flatMap(each => [...each.childNodes]).filter(node => node.nodeType === 3)"
            ".map(node => node.data).filter(text => /[а-яё]{3}/i.test(text))"
        )
        assert [text for text in texts if not re.match(r"Л\d|ЛО-", text)] == []


async def test_the_keyboard_reaches_everything(employer: Employer, token: Token) -> None:
    await employer.sign_in(token())
    await employer.settled()
    await employer.page.reload()
    await employer.settled()
    await employer.page.keyboard.press("Tab")
    await expect(employer.page.locator(":focus")).to_have_text("К содержанию")
    await employer.page.keyboard.press("Enter")
    await employer.page.keyboard.press("Tab")
    await expect(employer.page.locator(":focus")).to_contain_text("Сотрудников")
    await employer.page.keyboard.press("Enter")
    await expect(employer.page.get_by_role("heading", level=1)).to_have_text("Сотрудники")
    await expect(employer.page.locator("main:focus")).to_be_attached()


@pytest.mark.parametrize(
    "view", ["", "?view=staff", "?view=posts", "?view=credentials", "?view=licenses", "?view=findings"]
)
async def test_a_narrow_screen_needs_no_sideways_scroll(employer: Employer, token: Token, view: str) -> None:
    await employer.page.set_viewport_size(NARROW)
    await employer.sign_in(token(), view)
    await employer.settled()
    assert await employer.overflow() <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_rules_of_accessibility_hold(employer: Employer, token: Token, scheme: str) -> None:
    await employer.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    faults = []
    await employer.open()
    faults += [f"sign in: {each}" for each in await employer.faults()]
    await employer.sign_in(token())
    for view in ("", "?view=staff", "?view=posts", "?view=credentials", "?view=licenses", "?view=findings"):
        await employer.open(view)
        await employer.settled()
        faults += [f"{view}: {each}" for each in await employer.faults()]
    assert faults == []
