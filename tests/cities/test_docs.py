"""The documentation: works by itself, in English and Swedish, and says all that there is."""

import json
import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

from cms.api.contract.files import FOLDER
from cms.api.contract.openapi import openapi
from cms.api.contract.requests import ITEMS
from cms.api.documentation.languages import SWEDISH
from cms.api.problems import PROBLEM_TYPES
from cms.demo.texts import key_of
from frontend_contract.models.documents import SUMMARY
from tests.hub import ROOT

pytestmark = pytest.mark.django_db

DOCS = "/content/v1/docs"
PAGES = {"en": DOCS, "sv": f"{DOCS}/sv"}
PATHS = openapi()["paths"]
EXAMPLES = sorted((FOLDER / "examples").rglob("*.json"))

in_both_languages = pytest.mark.parametrize("language", PAGES)


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def text_of(html: str) -> str:
    """Return what a reader sees; between backticks what is code."""
    marked = re.sub(r"<(code)>|</code>", "`", re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.DOTALL))
    return " ".join(unescape(re.sub(r"<[^>]+>", "", marked)).split())


def shown_examples(html: str) -> list[tuple[str, str]]:
    """Return every example in a page that says which file it is, with its text."""
    found = re.findall(r'data-example="([^"]+)"><code>(.*?)</code>', html, flags=re.DOTALL)
    return [(name, unescape(re.sub(r"<[^>]+>", "", text))) for name, text in found]


def translated(text: str, language: str) -> str:
    return SWEDISH[text] if language == "sv" else text


def test_what_the_contract_refers_to_is_there() -> None:
    fragment = urlsplit(openapi()["info"]["termsOfService"]).fragment
    for anchor in (fragment, "profile"):
        assert f'id="{anchor}"' in read(DOCS)


@pytest.mark.parametrize("path", [*PAGES.values(), f"{DOCS}/problems/gone", f"{DOCS}/reference"])
def test_nothing_comes_from_another_host(path: str) -> None:
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', read(path)) == []


@pytest.mark.parametrize("path", [*PAGES.values(), f"{DOCS}/problems/gone"])
def test_it_needs_no_script(path: str) -> None:
    assert "<script" not in read(path)


@in_both_languages
def test_every_link_within_leads_somewhere(language: str) -> None:
    page = read(PAGES[language])
    assert not set(re.findall(r'href="#([^"]+)"', page)) - set(re.findall(r'id="([^"]+)"', page))
    links = {link.partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', page)}
    assert len(links) > 60
    assert [link for link in links if Client().get(link).status_code != 200] == []


def test_requests_to_try_name_items_of_the_demo() -> None:
    names = {
        "news": "umea-samarbete-cherson",
        "people": "janet-agren",
        "partnerships": "umea-kherson",
        "partners": "umea",
        "pages": "about",
        "topics": "democracy",
    }
    assert {kind: str(key_of(kind, name)) for kind, name in names.items()} == ITEMS
    assert set(ITEMS) == set(SUMMARY)


@in_both_languages
def test_what_is_not_followed_of_the_profile_is_named(language: str) -> None:
    for rule in ("WEB.*", "SAK.09", "SAK.10", "SAK.15", "SAK.16"):
        assert read(PAGES[language]).count(rule) == 1


@in_both_languages
def test_each_page_says_its_language_and_leads_to_the_other(language: str) -> None:
    page = read(PAGES[language])
    assert f'<html lang="{language}">' in page
    for code, path in PAGES.items():
        assert f'<link rel="alternate" hreflang="{code}" href="{path}">' in page


def test_the_pages_have_the_same_parts_and_the_same_code() -> None:
    english, swedish = (read(path) for path in PAGES.values())
    for part in (r'id="([^"]+)"', r"<pre tabindex=\"0\"><code>([^<]*)</code>", r"<(h[1-4]|section|dt|li|p)\b"):
        assert re.findall(part, english) == re.findall(part, swedish)


@in_both_languages
@pytest.mark.parametrize("path", PATHS)
def test_every_address_is_there_with_its_parameters_answers_and_problems(path: str, language: str) -> None:
    articles = re.findall(r'<article class="address".*?</article>', read(PAGES[language]), flags=re.DOTALL)
    [article] = [found for found in articles if f"<code>{path}</code>" in found]
    said, operation = text_of(article), PATHS[path]["get"]
    for parameter in operation["parameters"]:
        assert f"<dt><code>{parameter['name']}</code>" in article
        assert translated(parameter["description"], language) in said
    for status, answer in operation["responses"].items():
        if int(status) < 400:
            assert f'<span class="status">{status}</span>' in article
            assert translated(answer["description"], language) in said
        else:
            for name in re.findall(r"`([a-z-]+)`", answer["description"]):
                assert f"{DOCS}/problems/{name}" in article
    if article.count('class="get"') == 1:
        assert translated(operation["summary"], language) in said
        assert translated(operation["description"], language) in said


def test_every_text_of_the_openapi_document_has_its_swedish_and_there_is_no_other() -> None:
    parts = [PROBLEM_TYPES[name] for name in PROBLEM_TYPES]
    wanted = {text for part in parts for text in (part.title, part.advice)}
    wanted |= {text for tag in openapi()["tags"] for text in (tag["name"], tag["description"])}
    wanted |= {header["description"] for header in openapi()["components"]["headers"].values()}
    for item in PATHS.values():
        operation = item["get"]
        wanted |= {operation["summary"], operation["description"]}
        wanted |= {parameter["description"] for parameter in operation["parameters"]}
        wanted |= {answer["description"] for answer in operation["responses"].values() if "$ref" not in answer}
    of_any_kind = {text for text in SWEDISH if text not in wanted}
    assert wanted <= set(SWEDISH)
    assert len(of_any_kind) == 4  # headline and explanation of the lists and of the items of all kinds
    assert not [text for text, swedish in SWEDISH.items() if not swedish.strip() or text == swedish]


@pytest.mark.parametrize("name", PROBLEM_TYPES)
def test_a_problem_says_what_to_do_in_both_languages_with_an_example(name: str) -> None:
    page, problem = read(f"{DOCS}/problems/{name}"), PROBLEM_TYPES[name]
    english, swedish = (re.findall(rf'<section lang="{code}".*?</section>', page, flags=re.DOTALL)[0] for code in PAGES)
    assert problem.title in text_of(page)
    assert SWEDISH[problem.title] in text_of(page)
    assert problem.advice in text_of(english)
    assert SWEDISH[problem.advice] in text_of(swedish)
    assert "`" not in english + swedish
    [example] = re.findall(r"<pre[^>]*><code>(.*?)</code>", page, flags=re.DOTALL)
    document = json.loads(unescape(re.sub(r"<[^>]+>", "", example)))
    assert document["type"].endswith(f"/problems/{name}")
    assert document["status"] == problem.status


@in_both_languages
def test_every_problem_is_listed(language: str) -> None:
    page = read(PAGES[language])
    for name, problem in PROBLEM_TYPES.items():
        assert f"{DOCS}/problems/{name}" in page
        assert translated(problem.title, language) in text_of(page)


@in_both_languages
def test_examples_in_the_page_are_files_of_the_contract(language: str) -> None:
    shown = shown_examples(read(PAGES[language]))
    assert {name.rpartition("/")[2] for name, _text in shown} >= {"news-list", "home", "search", "changes", "languages"}
    for name, text in shown:
        assert text == (FOLDER / f"examples/{name}.json").read_text()


def test_examples_of_problems_are_files_of_the_contract() -> None:
    files = {file.stem: file.read_text() for file in EXAMPLES if file.parent.name == "problems"}
    shown = dict(shown for name in PROBLEM_TYPES for shown in shown_examples(read(f"{DOCS}/problems/{name}")))
    assert shown == {f"problems/{name}": text for name, text in files.items()}


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: str(file.relative_to(FOLDER / "examples")))
def test_an_example_is_sent_as_its_file_has_it(file: object) -> None:
    name = str(file).partition("examples/")[2]
    assert read(f"{DOCS}/examples/{name}") == (FOLDER / "examples" / name).read_text()


@in_both_languages
def test_every_example_is_reachable(language: str) -> None:
    page = read(PAGES[language])
    names = [str(file.relative_to(FOLDER / "examples")) for file in EXAMPLES if file.parent.name != "problems"]
    assert [name for name in names if f'href="{DOCS}/examples/{name}"' not in page] == []


@pytest.mark.parametrize("name", ["nothing", "sv/nothing", "../models/blocks", "sv/../../VERSIONING", "/etc/hostname"])
def test_there_is_no_other_file_among_the_examples(name: str) -> None:
    assert Client().get(f"{DOCS}/examples/{name}.json").status_code == 404


def test_the_script_that_keeps_a_copy_is_there_for_people_and_for_curl() -> None:
    [script] = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "mirror.md").read_text(), flags=re.DOTALL)
    assert read(f"{DOCS}/mirror.py") == script
    for path in PAGES.values():
        [shown] = re.findall(r'<code id="mirror-script">(.*?)</code>', read(path), flags=re.DOTALL)
        assert unescape(shown) == script
        assert f"curl -O http://testserver{DOCS}/mirror.py" in read(path)
