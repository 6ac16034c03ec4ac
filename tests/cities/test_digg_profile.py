"""The Swedish REST API profile, rule by rule: checked by us against the published rules.

Each test is named after the rules it holds us to, over the OpenAPI document and over real answers. What we do not
follow, and why, is said in the documentation (`/content/v1/docs#profile`).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError

from cms.api.contract.openapi import openapi
from tests.cities.conftest import Seed
from tests.contract.city import City
from tests.contract.truth import valid_against

PATHS = sorted(openapi()["paths"])
CONTENT = [path for path in PATHS if path.startswith("/content/")]
OPERATIONS = {path: openapi()["paths"][path]["get"] for path in PATHS}
SCHEMAS = openapi()["components"]["schemas"]
OURS = [schema for name, schema in SCHEMAS.items() if not name.startswith("JsonLd")]
"""Those whose words are not schema.org's."""

KINDS = ("news", "people", "partners", "partnerships", "pages", "topics")
HUB = "http://testserver"
API_INFO = {"apiName", "apiVersion", "apiReleased", "apiDocumentation", "apiStatus"}
HEALTH = {"/health/live", "/health/ready"}

EXCEPTIONS: dict[str, set[str]] = {
    "UFN.01": HEALTH,
    "VER.05": HEALTH,
    "CAC.01": HEALTH,
    "RES.06": {"search"},
    "AME.04": {"json_ld", "api-info", *API_INFO},
    "AME.05": {"json_ld", "api-info", *API_INFO},
    "AME.06": {"json_ld", "body", "children", "fallback", "featured", "people"},
    "FNS.05": {"q", "path"},
    "FNS.07": {"sitemap.xml"},
    "FNS.08": {"sitemap.xml"},
    "FNS.09": {"changes"},
    "SAK.25": {"Server: nginx"},
    "SAK.26": {"Server: nginx"},
}
"""What does not follow a rule, by the names that the documentation explains it with; the tests find no other."""

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


class Answers(list[Any]):
    """What the hub really answers: lists and items of every kind, front pages, changes, and what it says of itself."""


@pytest.mark.parametrize("language", ["", "/sv"])
def test_every_exception_is_explained_in_the_documentation_and_nothing_else_is(city: City, language: str) -> None:
    explained: dict[str, set[str]] = {}
    for rules, why in re.findall(r"<li><strong>(.*?)</strong>:(.*?)</li>", _section(city, language), re.S):
        for rule in rules.split(", "):
            explained.setdefault(rule, set()).update(re.findall(r"<code>(.*?)</code>", why))
    assert explained.keys() == EXCEPTIONS.keys()
    assert {rule: names - explained[rule] for rule, names in EXCEPTIONS.items() if names - explained[rule]} == {}


@pytest.fixture
def answers(city: City, seed: Seed) -> Answers:
    asked = ["/sv/home", "/uk/home?fallback=sv", "/changes?include=document", "/languages", "/api-info"]
    asked += [f"/{language}/{kind}?include=body" for kind in KINDS for language in ("sv", "uk")]
    asked += [f"/sv/news/{seed.id}", f"/fi/news/{seed.id}?fallback=uk,sv"]
    return Answers(city.get(address) for address in asked)


def test_ufn_01_and_ver_05_the_major_version_is_in_every_address(answers: Answers) -> None:
    assert {path for path in PATHS if not path.startswith("/content/v1/")} == EXCEPTIONS["UFN.01"]
    assert openapi()["info"]["version"].startswith("1.")
    assert all(path.startswith("/content/v1/") for path in _addresses_of_the_api(answers))


def test_ufn_07_addresses_use_a_few_characters_only(answers: Answers) -> None:
    fixed = [re.sub(r"\{\w+\}", "", path) for path in PATHS]
    assert all(re.fullmatch(r"[a-z0-9\-.~/]*", path) for path in [*fixed, *_addresses_of_the_api(answers)])
    assert all(re.fullmatch(r"/[a-z0-9\-.~/]*", path) for path in _values(answers, "path"))


def test_ufn_08_words_in_addresses_are_parted_by_hyphens(answers: Answers) -> None:
    for path in (*PATHS, *_values(answers, "path")):
        for segment in re.sub(r"\{\w+\}", "", path).split("/"):
            assert not re.search(r"^-|-$|--", segment), path


def test_ufn_09_no_blank_and_no_underscore_is_in_an_address(answers: Answers) -> None:
    named = [p["name"] for operation in OPERATIONS.values() for p in operation["parameters"] if p["in"] == "path"]
    for path in (*PATHS, *_addresses_of_the_api(answers), *_values(answers, "path"), *named):
        assert not set(path) & {" ", "_"}, path


def test_res_01_ids_are_global_and_last(city: City, seed: Seed, answers: Answers) -> None:
    assert all(str(UUID(found)) == found for found in _values(answers, "id", where="kind"))
    seed.article.slug = "helt-annan-adress"
    seed.article.save()
    assert city.get(f"/sv/news/{seed.id}")["id"] == city.get(f"/uk/news/{seed.id}")["id"] == seed.id


def test_res_02_no_primary_key_and_nothing_personal_is_in_an_address(answers: Answers) -> None:
    personal = {"pnr", "personnummer", "personnr", "ssn", "pk", "email"}
    for path, operation in OPERATIONS.items():
        assert not personal & {parameter["name"].lower() for parameter in operation["parameters"]}, path
    for schema in SCHEMAS.values():
        assert not {"pk", "digest", "translation_key"} & set(schema.get("properties", {}))
    assert not {"pk", "digest", "translation_key"} & set(_names(answers))


def test_res_03_nothing_shown_counts_up(answers: Answers) -> None:
    assert "sequence" not in {
        *_names(answers),
        *(n for schema in SCHEMAS.values() for n in schema.get("properties", {})),
    }
    cursor = next(answer["next_cursor"] for answer in answers if "next_cursor" in answer)
    assert not cursor.isdigit()


def test_res_06_collections_are_plural_nouns(city: City, seed: Seed) -> None:
    lists = {path.rpartition("/")[2] for path in CONTENT if "{id}" not in path and _is_a_list(path)}
    assert {*KINDS, "changes", "languages"} <= lists
    assert {name for name in lists if not name.endswith("s") and name != "people"} == EXCEPTIONS["RES.06"]
    assert all(isinstance(city.get(f"/sv/{kind}")["items"], list) for kind in KINDS)


def test_ame_04_and_05_fields_are_in_snake_case_everywhere(answers: Answers) -> None:
    names = {name for schema in OURS for name in schema.get("properties", {})} | set(_names(answers))
    others = {name for name in names if not re.fullmatch(r"_?[a-z][a-z0-9]*(_[a-z0-9]+)*", name)}
    assert others == EXCEPTIONS["AME.04"] - {"json_ld", "api-info"} == set(SCHEMAS["ApiInfo"]["properties"])


def test_ame_06_lists_have_plural_names(answers: Answers) -> None:
    declared = [item for schema in OURS for item in schema.get("properties", {}).items()]
    lists = {name for name, field in declared if any(part.get("type") == "array" for part in _branches(field))}
    singular = {name for name in lists | _names_of_lists(answers) if not name.endswith("s")}
    assert singular == EXCEPTIONS["AME.06"] - {"json_ld"}


def test_fns_03_parameters_begin_with_a_letter() -> None:
    for path, name in _query_parameters():
        assert re.fullmatch(r"[a-z][a-z_]*", name), (path, name)


def test_fns_05_parameters_are_optional(city: City, seed: Seed) -> None:
    required = {
        p["name"] for path in PATHS for p in OPERATIONS[path]["parameters"] if p["in"] != "path" and p["required"]
    }
    assert required == EXCEPTIONS["FNS.05"]
    assert all(city.ask(f"/sv/{kind}").status_code == 200 for kind in KINDS)


def test_fns_07_pages_are_asked_for_with_limit_and_page_or_offset(city: City, seed: Seed) -> None:
    cut = {"limit", "page", "offset"}
    asked = {path: cut & {p["name"] for p in OPERATIONS[path]["parameters"]} for path in PATHS}
    others = {_last(path) for path, names in asked.items() if {"page", "offset"} & names and names != cut}
    assert others == EXCEPTIONS["FNS.07"]
    assert city.get("/sv/people?limit=1&page=2")["items"] == city.get("/sv/people?limit=1&offset=1")["items"]


def test_fns_08_the_first_page_is_one(city: City, seed: Seed) -> None:
    assert all(schema["minimum"] == 1 for _path, schema in _schemas_of("page"))
    others = {_last(path) for path, schema in _schemas_of("page") if schema.get("default") != 1}
    assert others == EXCEPTIONS["FNS.08"]
    assert city.get("/sv/people?page=1")["items"] == city.get("/sv/people")["items"]
    city.problem("/sv/people?page=0", "invalid-parameters")


def test_fns_09_a_page_holds_twenty_unless_asked_otherwise(city: City, seed: Seed) -> None:
    assert {_last(path) for path, schema in _schemas_of("limit") if schema["default"] != 20} == EXCEPTIONS["FNS.09"]
    assert city.get("/sv/people")["_meta"]["limit"] == 20


def test_fns_10_and_11_lists_say_how_they_were_cut_and_where_they_go_on(city: City, seed: Seed) -> None:
    for kind in KINDS:
        answer = city.get(f"/sv/{kind}?limit=1")
        assert set(answer["_meta"]) == {"limit", "offset", "page", "total", "language", "fallback"}
        assert set(answer["_links"]) == {"self", "next", "prev", "first", "last"}


def test_hyp_05_who_has_links_has_one_to_itself(city: City, answers: Answers) -> None:
    links = list(_values(answers, "_links"))
    assert len(links) > 20
    assert all(found["self"]["href"] for found in links)
    for address in {found["self"]["href"] for found in links}:
        assert city.ask("/" + address.removeprefix(HUB)).status_code == 200


def test_hyp_07_and_12_links_are_absolute(answers: Answers) -> None:
    addresses = [*_values(answers, "href"), *(found for found in _values(answers, "url") if found)]
    assert addresses
    assert all(re.match(r"https?://", address) for address in addresses)
    for name in ("href", "url"):
        for schema in SCHEMAS.values():
            for part in _branches(schema.get("properties", {}).get(name, {})):
                assert part.get("type") in (None, "null") or part["pattern"].startswith("^https?://"), schema


def test_dot_01_times_and_days_are_rfc_3339(answers: Answers) -> None:
    for schema in SCHEMAS.values():
        for name, field in schema.get("properties", {}).items():
            if re.search(r"(_at|_since)$|^(from|to|joined|start|end)$", name):
                assert {part.get("format") for part in _branches(field)} & {"date-time", "date"}, name
    assert all(date.fromisoformat(found) for found in _days(answers))
    assert all(datetime.fromisoformat(found) for found in _times(answers))


def test_dot_04_times_leave_in_utc_with_z(answers: Answers) -> None:
    times = list(_times(answers))
    assert times
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found) for found in times)
    assert all(datetime.fromisoformat(found).tzinfo == UTC for found in times)


PROVOKED = [
    ("/sv/news?limit=0", 400, {}),
    ("/sv/news", 401, {"Authorization": "Bearer abc"}),
    ("/sv/news/5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01", 404, {}),
    ("/ua/news", 404, {}),
    ("/nowhere", 404, {}),
    ("/sv/news", 406, {"Accept": "text/csv"}),
    ("/sv/news", 412, {"If_Match": '"other"'}),
    ("/sv/news", 415, {"Content_Length": "3", "Content_Type": "text/plain"}),
]


@pytest.mark.parametrize(("address", "status", "headers"), PROVOKED)
def test_fel_01_errors_have_the_fields_of_rfc_9457(
    city: City, seed: Seed, address: str, status: int, headers: dict[str, str]
) -> None:
    problem = city.ask(address, **headers).json()
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)
    assert problem["status"] == status


@pytest.mark.parametrize(("address", "status", "headers"), PROVOKED)
def test_fel_02_errors_are_problem_documents(
    city: City, seed: Seed, address: str, status: int, headers: dict[str, str]
) -> None:
    response = city.ask(address, **headers)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    for path, found, answer in _responses():
        if int(found) >= 400:
            assert list(answer["content"]) == ["application/problem+json"], path
            assert answer["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert {"type", "title", "status", "detail", "instance"} <= set(SCHEMAS["Problem"]["required"])


def test_ver_06_api_info_lies_under_the_root_of_the_api(city: City, seed: Seed) -> None:
    assert "/content/v1/api-info" in PATHS
    assert city.ask("/api-info").status_code == 200


def test_ver_07_api_info_says_what_it_is(city: City, seed: Seed) -> None:
    info = city.get("/api-info")
    assert set(info) == API_INFO
    assert info["apiVersion"] == openapi()["info"]["version"]
    assert date.fromisoformat(info["apiReleased"])
    assert city.ask("/" + info["apiDocumentation"].removeprefix(HUB)).status_code == 200


def test_spa_02_every_operation_takes_a_traceparent_and_keeps_it(city: City, seed: Seed) -> None:
    for path, operation in OPERATIONS.items():
        [found] = [p for p in operation["parameters"] if p["in"] == "header" and p["name"] == "traceparent"]
        assert not found["required"], path
    said = city.ask("/sv/news", Traceparent=f"00-{TRACE}-{PARENT}-01")["traceparent"]
    assert said.startswith(f"00-{TRACE}-")
    assert PARENT not in said


def test_spa_04_every_answer_carries_the_traceparent(city: City, seed: Seed) -> None:
    for path, status, answer in _responses():
        assert "traceparent" in answer["headers"], (path, status)
    for address in ("/sv/news", f"/sv/news/{seed.id}", "/ua/news", "/nowhere", "//health/live", "/openapi.json"):
        assert "traceparent" in city.ask(address, Traceparent=f"00-{TRACE}-{PARENT}-01"), address


def test_spa_07_no_other_identifier_takes_its_place(city: City, seed: Seed) -> None:
    for operation in OPERATIONS.values():
        assert "x-request-id" not in {parameter["name"].lower() for parameter in operation["parameters"]}
    assert "X-Request-Id" not in city.ask("/sv/news", X_Request_Id="abc")


@pytest.mark.parametrize("failure", [RuntimeError, OperationalError, PermissionDenied, SuspiciousOperation])
def test_sak_25_and_26_no_inside_is_told(city: City, seed: Seed, failure: type[Exception]) -> None:
    with patch("cms.api.views.about.languages", side_effect=failure("SELECT secret FROM /srv/misto/cms.py")):
        response = city.ask("/languages")
    assert response.status_code >= 400
    for inside in ("Traceback", "SELECT", ".py", "django", "psycopg", "sqlite", "site-packages", "secret"):
        assert inside not in response.content.decode() + str(response.headers)
    assert not {"Server", "X-Powered-By"} & set(response.headers)  # the web server's own name: see test_served.py


@pytest.mark.parametrize("language", ["", "/sv"])
def test_sak_25_and_26_the_name_that_web_servers_leave_is_an_exception_and_said(city: City, language: str) -> None:
    section = _section(city, language)
    assert "<code>Server: nginx</code>" in section
    assert "granian" in section


def test_sak_25_and_26_no_web_server_tells_its_version() -> None:
    assert re.search(r"^\s*server_tokens off;", (settings.BASE_DIR / "deploy/nginx.conf").read_text(), re.M)
    service = (settings.BASE_DIR / "deploy/misto-granian.service").read_text()
    assert "cms.nameless:application" in service  # its `Server` is empty: see test_granian.py


def test_cac_01_what_is_read_may_be_kept(city: City, seed: Seed) -> None:
    kept = {"Cache-Control": {"$ref": "#/components/headers/Cache-Control"}}
    others = {path for path in PATHS if not kept.items() <= OPERATIONS[path]["responses"]["200"]["headers"].items()}
    assert others == EXCEPTIONS["CAC.01"]
    for address in ("/sv/news", f"/sv/news/{seed.id}", "/sv/home", "/changes", "/languages", "/openapi.json"):
        assert city.ask(address)["Cache-Control"].startswith("public, max-age="), address
        assert city.ask(address, If_None_Match=city.ask(address)["ETag"]).status_code == 304


def test_dok_01_the_documentation_is_public(city: City, seed: Seed) -> None:
    docs = openapi()["externalDocs"]
    assert docs["description"]
    assert city.ask("/" + docs["url"].removeprefix("https://misto.example")).status_code == 200


def test_dok_03_the_document_says_who_what_and_under_which_licence(city: City, seed: Seed) -> None:
    for info in (openapi()["info"], city.get("/openapi.json")["info"]):
        assert info["title"]
        assert info["version"]
        assert info["description"]
        assert info["termsOfService"]
        assert set(info["contact"]) == {"name", "url", "email"}
        assert set(info["license"]) == {"name", "url"}
    assert city.get("/openapi.json")["info"]["contact"]["email"] == "misto@testserver"


def test_dok_06_the_description_is_in_english_and_swedish() -> None:
    english, swedish = openapi()["info"]["description"].split("**Svenska.**")
    assert {"the", "and", "with", "is"} <= set(english.split())
    assert {"och", "det", "är", "för", "att"} <= set(swedish.split())


def test_dok_08_the_level_of_service_is_stated_in_both_languages() -> None:
    level = openapi()["info"]["x-sla"]
    for name in ("availability", "responseTime", "support"):
        assert level[name]
        assert level[f"{name}-sv"]


def test_dok_09_limitations_are_stated_in_both_languages() -> None:
    limitations = openapi()["info"]["x-limitations"]
    for name in ("description", "description-sv"):
        assert limitations[name]
        assert {"1200", "120", "100", "6000"} <= set(re.findall(r"\d+", re.sub(r"[,\xa0]", "", limitations[name])))


def test_dok_11_the_document_says_what_the_api_is_for() -> None:
    assert len(openapi()["info"]["description"].split()) > 100
    assert all(tag["description"] for tag in openapi()["tags"])
    assert {tag["name"] for tag in openapi()["tags"]} == {
        tag for operation in OPERATIONS.values() for tag in operation["tags"]
    }


@pytest.mark.parametrize("path", PATHS)
def test_dok_13_and_20_every_status_is_documented_and_described(path: str) -> None:
    statuses = {"200", "400", "401", "405", "406", "412", "414", "415", "429", "500", "503"}
    if path.startswith("/health/"):
        statuses.remove("429")  # whoever watches over the hub is told, however often they ask
    assert statuses <= set(OPERATIONS[path]["responses"])
    assert all(answer["description"] for found, _status, answer in _responses() if found == path)


@pytest.mark.parametrize("path", PATHS)
def test_dok_15_every_operation_has_a_whole_request_and_every_answer_an_example(path: str) -> None:
    [sample] = OPERATIONS[path]["x-codeSamples"]
    assert re.fullmatch(r"curl 'https://misto\.example/[a-z0-9\-./?=&_]+'", sample["source"])
    for found, status, answer in _responses():
        for content in answer.get("content", {}).values() if found == path else ():
            assert content["examples"], status
            for example in content["examples"].values():
                if "schema" in content:
                    valid_against(content["schema"], example["value"])


def test_dok_16_the_specification_is_for_machines(city: City, seed: Seed) -> None:
    assert city.get("/openapi.json")["openapi"] == openapi()["openapi"] == "3.1.1"


@pytest.mark.parametrize("path", PATHS)
def test_dok_19_every_operation_and_parameter_is_described(path: str) -> None:
    operation = OPERATIONS[path]
    assert operation["summary"]
    assert operation["description"]
    assert all(parameter["description"] for parameter in operation["parameters"])


def test_dok_21_the_document_says_that_no_key_is_needed(city: City, seed: Seed) -> None:
    assert openapi()["security"] == []
    assert "no key is needed" in openapi()["info"]["description"]
    assert "securitySchemes" not in openapi()["components"]
    city.problem("/sv/news", "keys-not-available", Authorization="Bearer abc")


def _section(city: City, language: str) -> str:
    """Return what the documentation says of the profile."""
    [found] = re.findall(r'<section id="profile">.*?</section>', city.ask(f"/docs{language}").content.decode(), re.S)
    return str(found)


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _is_a_list(path: str) -> bool:
    content = OPERATIONS[path]["responses"]["200"]["content"].get("application/json", {"schema": {}})
    whole, *_part = content["schema"].get("anyOf", [content["schema"]])
    schema = SCHEMAS.get(whole.get("$ref", "").rpartition("/")[2], {})
    return schema.get("type") == "array" or schema.get("properties", {}).get("items", {}).get("type") == "array"


def _query_parameters() -> Iterator[tuple[str, str]]:
    for path, operation in OPERATIONS.items():
        yield from ((path, p["name"]) for p in operation["parameters"] if p["in"] == "query")


def _schemas_of(name: str) -> Iterator[tuple[str, Any]]:
    for path, operation in OPERATIONS.items():
        yield from ((path, p["schema"]) for p in operation["parameters"] if p["name"] == name)


def _responses() -> Iterator[tuple[str, str, Any]]:
    """Yield path, status and answer of everything that the document describes."""
    for path, operation in OPERATIONS.items():
        for status, answer in operation["responses"].items():
            named = answer.get("$ref", "").rpartition("/")[2]
            yield path, status, openapi()["components"]["responses"][named] if named else answer


def _branches(schema: Any) -> list[Any]:
    return schema.get("anyOf") or schema.get("oneOf") or [schema]


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    match data:
        case dict():
            yield data
            for value in data.values():
                yield from _objects(value)
        case list():
            for value in data:
                yield from _objects(value)


def _values(data: Any, name: str, *, where: str = "") -> Iterator[Any]:
    """Yield every value under this name, in objects that have another field too when `where` says so."""
    yield from (found[name] for found in _objects(data) if name in found and (not where or where in found))


def _names(data: Any) -> Iterator[str]:
    for found in _objects(data):
        yield from found


def _names_of_lists(data: Any) -> set[str]:
    return {name for found in _objects(data) for name, value in found.items() if isinstance(value, list)}


def _addresses_of_the_api(data: Any) -> set[str]:
    """Return the paths of all addresses of the API inside an answer."""
    found = {*_values(data, "href"), *_values(data, "url")} - {None}
    return {address.removeprefix(HUB).partition("?")[0] for address in found if address.startswith(f"{HUB}/content/")}


def _times(data: Any) -> Iterator[str]:
    for found in _objects(data):
        yield from (value for name, value in found.items() if name.endswith(("_at", "_since")) and value)


def _days(data: Any) -> Iterator[str]:
    for found in _objects(data):
        yield from (found[name] for name in ("from", "to", "joined") if found.get(name))
