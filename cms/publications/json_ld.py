"""Documents in the words of schema.org, for search engines."""

from collections.abc import Callable
from typing import Any

import orjson
from django.utils.safestring import SafeString

from cms.publications.addresses import page_url
from cms.publications.licences import address_of_licence

Json = dict[str, Any]

TYPES = {
    "news": "NewsArticle",
    "people": "Person",
    "partners": "GovernmentOrganization",
    "partnerships": "Project",
    "pages": "WebPage",
    "home": "WebPage",
    "topics": "DefinedTerm",
}
"""What a document of each kind is to schema.org."""


def json_ld(document: Json) -> Json:
    """Return a public document in the words of schema.org."""
    kind = document["kind"]
    said: Json = {
        "@context": "https://schema.org",
        "@type": TYPES[kind],
        "identifier": f"urn:uuid:{document['id']}",
        "name": document["title"],
        "url": document["_links"]["html"]["href"],
        **_SAYERS[kind](document),
    }
    return dict(_without_nothing(said))


def as_script(data: Json) -> SafeString:
    """Return JSON in which nothing can end the `<script>` element that it stands in."""
    text = orjson.dumps(data).decode()
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return SafeString(text)


def _news(document: Json) -> Json:
    return {
        **_text(document),
        "headline": document["title"],
        "description": document["lead"],
        "image": _image(document["image"]),
        "author": _source(document),
        "about": _things(document, "topics", "partnerships"),
        "mentions": _things(document, "people", "partners"),
    }


def _page(document: Json) -> Json:
    return {**_text(document), "description": document.get("lead"), "image": _image(document.get("image"))}


def _person(document: Json) -> Json:
    roles = document["roles"]
    return {
        **_about(document, "ProfilePage"),
        "name": document["name"],
        "alternateName": _other_names(document),
        "image": _image(document["portrait"]),
        "jobTitle": next((role["title"] for role in roles if role["to"] is None), None),
        "worksFor": [
            _role(role, "EmployeeRole", roleName=role["title"], worksFor=_named("Organization", role["organisation"]))
            for role in roles
            if role["organisation"]
        ],
        "memberOf": [
            _role(role, "OrganizationRole", memberOf=_party(role["party"])) for role in roles if role["party"]
        ],
    }


def _partner(document: Json) -> Json:
    point = document["coordinates"]
    return {
        **_about(document, "WebPage"),
        "url": document["website"] or document["_links"]["html"]["href"],
        "alternateName": _other_names(document),
        "logo": _image(document["logo"]),
        "knowsLanguage": document["languages"],
        "location": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressCountry": document["country"]},
            "geo": point and {"@type": "GeoCoordinates", "latitude": point["lat"], "longitude": point["lon"]},
        },
    }


def _partnership(document: Json) -> Json:
    return {
        **_about(document, "WebPage"),
        "description": document["lead"],
        "image": _image(document["image"]),
        "member": [
            {
                "@type": "OrganizationRole",
                "member": _thing(member["partner"], document["language"]),
                "roleName": member["part"],
                "startDate": member["joined"],
            }
            for member in document["members"]
            if member["partner"]["language"]
        ],
        "funder": _named("Organization", document["funder"]),
        "funding": _named("Grant", document["programme"]),
        "knowsAbout": document["areas"],
    }


def _topic(document: Json) -> Json:
    return {**_about(document, "WebPage"), "name": document["label"], "termCode": document["code"]}


_SAYERS: dict[str, Callable[[Json], Json]] = {
    "news": _news,
    "people": _person,
    "partners": _partner,
    "partnerships": _partnership,
    "pages": _page,
    "home": _page,
    "topics": _topic,
}


def _about(document: Json, type_of_page: str) -> Json:
    """Return what somebody or something is known by, and the text about it."""
    url = document["_links"]["html"]["href"]
    return {
        "@id": f"urn:uuid:{document['id']}",
        "mainEntityOfPage": {"@type": type_of_page, "url": url, **_text(document)},
    }


def _text(document: Json) -> Json:
    """Return what a text says of itself."""
    return {
        "@id": document["_links"]["self"]["href"],
        "inLanguage": document["language"],
        **_translations(document),
        "license": _licence(document["attribution"]["license"]),
        "creditText": document["attribution"]["credit_line"],
        "publisher": _source(document),
        "datePublished": document["published_at"],
        "dateModified": document["updated_at"],
        "creativeWorkStatus": "Withdrawn" if document["status"] == "withdrawn" else None,
    }


def _translations(document: Json) -> Json:
    """Return what the text was translated from, even where that is not published; or what was made of it."""
    others = {other["language"]: other for other in document["alternates"] if other["language"] != document["language"]}
    origin = document["translation"]["translated_from"]
    if origin is None:
        return {"workTranslation": [_work(document["kind"], other) for other in others.values()]}
    source = others.get(origin) or {"language": origin}
    return {"translationOfWork": _work(document["kind"], source)}


def _work(kind: str, alternate: Json) -> Json:
    path = alternate.get("path")
    return {
        "@type": TYPES[kind] if kind in ("news", "pages", "home") else "WebPage",
        "@id": alternate.get("url"),
        "name": alternate.get("title"),
        "url": page_url(path) if path else None,
        "inLanguage": alternate["language"],
    }


def _source(document: Json) -> Json | None:
    """Return whose text it is: the partner in whose section it lies, or whoever is to be named."""
    partner = document["attribution"]["partner"]
    if partner and partner["language"]:
        return _thing(partner, document["language"])
    if document["kind"] == "partners":
        return {"@type": TYPES["partners"], "@id": f"urn:uuid:{document['id']}", "name": document["title"]}
    return _named("Organization", document["attribution"]["credit_line"])


def _things(document: Json, *fields: str) -> list[Json]:
    return [_thing(card, document["language"]) for field in fields for card in document[field] if card["language"]]


def _thing(card: Json, language: str) -> Json:
    """Return a linked document; a name in another language than the text around it says so."""
    name = card["title"]
    return {
        "@type": TYPES[card["kind"]],
        "@id": f"urn:uuid:{card['id']}",
        "name": name if card["language"] == language else {"@value": name, "@language": card["language"]},
        "url": page_url(card["path"]),
        "termCode": card.get("code"),
    }


def _named(type_: str, name: str | None) -> Json | None:
    return {"@type": type_, "name": name} if name else None


def _role(role: Json, type_: str, **said: Any) -> Json:
    return {"@type": type_, "startDate": role["from"], "endDate": role["to"], **said}


def _party(party: Json) -> Json:
    return {"@type": "PoliticalParty", "name": party["name"], "alternateName": party["letter"]}


def _other_names(document: Json) -> list[str]:
    """Return every spelling of a name but the one in this language."""
    spellings = [name["text"] for name in document["names"]] + [other["title"] for other in document["alternates"]]
    return [name for name in dict.fromkeys(spellings) if name != document["title"]]


def _image(image: Json | None) -> Json | None:
    return image and {
        "@type": "ImageObject",
        "url": image["src"],
        "description": image["alt"],
        "caption": image["caption"],
        "creditText": image["credit"],
        "license": _licence(image["license"]),
    }


def _licence(name: str | None) -> str | Json | None:
    return address_of_licence(name) or _named("CreativeWork", name)


def _without_nothing(value: Any) -> Any:
    """Leave out what has nothing to say: schema.org knows no null."""
    match value:
        case dict():
            filled = {name: _without_nothing(part) for name, part in value.items()}
            return {name: part for name, part in filled.items() if part not in (None, "", [])}
        case list():
            return [_without_nothing(part) for part in value]
    return value
