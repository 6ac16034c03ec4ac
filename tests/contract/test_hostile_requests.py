"""Whatever is put into an address: an answer that the OpenAPI document describes, or a problem, and never a fault."""

from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.api.contract.openapi import openapi
from tests.cities.conftest import Seed, seed, stage
from tests.contract.city import City

__all__ = ["seed", "stage"]

HOSTILE = (
    *("", " ", ",", ",,sv", "sv,", "%", "%00", "\0", "\x7f", "\n", "null", "-1", "0", "+1", "1e9", "0x10", "1_000"),
    *("٣", "１２", "9" * 40, "9223372036854775808", "NaN", "2024-02-30", "0000-01-01", "9999-12-31", "0001-01-01"),
    *("2024-01-01T00:00:00", "2024-01-01T24:00:00Z", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"),
    *("2024-01-01T00:00:60Z", "١٢٣٤-٠١-٠١", "' OR 1=1 --", '";DROP TABLE', "*", "a*", '"', "NEAR(", "AND OR NOT", "^a"),
    *("title:", "{title}", "(" * 500, "%' --", "\\", "../../etc/passwd", "..%2f", "/sv//", "//evil.example", "\u202e"),
    *(
        "\ud7ff",
        "\ufeff",
        "\U0010ffff",
        "ﬁ",
        "İ",
        "ß",
        "é" * 300,
        "Х" * 400,
        "a " * 400,
        "<script>",
        "{{7*7}}",
        "${7*7}",
    ),
    *("ua", "se", "SV", "sv-se", "body,body", "id,id,id", "__class__", "items", "published,gone", "MS5kZW1vLjMuYWJj"),
    *("MS4uMC4", "Ww", "_" * 200, "5f0c2c0e6f0b4d599a390d6a3f8f6a01", "{5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01}"),
    *("5F0C2C0E-6F0B-4D59-9A39-0D6A3F8F6A01", ",".join(["5f0c2c0e-6f0b-4d59-9a39-0d6a3f8f6a01"] * 101)),
)
NOT_UTF8 = ("%FF", "%C3%28", "%ED%A0%80", "%F0%82%82%AC", "a%00b")
PATHS = openapi()["paths"]
PARAMETERS = [
    (path, parameter["name"])
    for path in PATHS
    for parameter in PATHS[path]["get"]["parameters"]
    if parameter["in"] != "header"
]


def _address(path: str, article: str, name: str, value: str) -> str:
    """Return an address that is right but for one part."""
    values = {"language": "sv", "kind": "news", "id": article, name: value}
    address = "/" + path.format(**values)
    needed = {"search": {"q": "Umeå"}, "lookup": {"path": "/sv"}}.get(path.rpartition("/")[2], {})
    query = needed | ({} if f"{{{name}}}" in path else {name: value})
    return address + "?" + "&".join(f"{part}={text if text == value else quote(text)}" for part, text in query.items())


def _hold(city: City, address: str) -> None:
    response = city.ask(address)
    assert response.status_code < 500, (address, response.content[:300])
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json", address


@pytest.mark.parametrize(("path", "name"), PARAMETERS, ids=lambda part: part.replace("/content/v1/", ""))
def test_a_hostile_value_does_no_harm(city: City, seed: Seed, path: str, name: str) -> None:
    for value in (*map(quote_everything, HOSTILE), *NOT_UTF8):
        _hold(city, _address(path, seed.id, name, value))


@pytest.mark.parametrize("place", ["/sv/{0}", "/sv/umea/news/{0}", "/{0}", "/content/v1/{0}", "/content/v1/docs/{0}"])
def test_a_hostile_address_is_an_address_where_nothing_is(city: City, seed: Seed, place: str) -> None:
    for value in (*map(quote_everything, HOSTILE), *NOT_UTF8):
        response = city.ask("/" + place.format(value))
        assert response.status_code < 500, value


ANY = st.text(max_size=40) | st.binary(max_size=20).map(lambda some: some.decode("latin-1")) | st.sampled_from(HOSTILE)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_parameters_together_do_no_harm(city: City, seed: Seed, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(PATHS)))
    parameters = [parameter for parameter in PATHS[path]["get"]["parameters"] if parameter["in"] == "query"]
    values = {parameter["name"]: st.none() | _right(parameter["schema"], seed) | ANY for parameter in parameters}
    query = {name: value for name, value in data.draw(st.fixed_dictionaries(values)).items() if value is not None}
    if data.draw(st.booleans()):
        query |= {data.draw(ANY): data.draw(ANY)}
    address = "/" + path.format(language=data.draw(st.sampled_from(["sv", "uk", "fi"])), kind="news", id=seed.id)
    text = "&".join(f"{quote_everything(name)}={quote_everything(value)}" for name, value in query.items())
    _hold(city, f"{address}?{text}")


def _right(schema: dict[str, Any], seed: Seed) -> st.SearchStrategy[str]:
    """Return values that this parameter takes."""
    match schema:
        case {"enum": list(values)}:
            return st.sampled_from([str(value) for value in values])
        case {"items": {"enum": list(values)}}:
            return st.lists(st.sampled_from(values), min_size=1, max_size=3).map(",".join)
        case {"type": "integer", "minimum": least, "maximum": most}:
            return st.integers(least, min(most, 200)).map(str) | st.just(str(most))
    return st.sampled_from([seed.id, seed.article.slug, "2024-06-01", "Umeå", "democracy", "/sv", ""])


def quote_everything(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")
