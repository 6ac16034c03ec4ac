"""What the OpenAPI document says of the API as a whole, in English and Swedish."""

from typing import Any

from cms.api.contract.limits import DEFAULT_RATES, limitations

EXAMPLE_SERVER = "https://misto.example"
"""The origin that the committed files name; a hub puts its own there."""

EXAMPLE_EMAIL = "misto@misto.example"
"""The address that the committed files name; a hub puts its own there."""

DESCRIPTION = """\
**English.** Misto is the newsroom that partner cities share. This read-only API gives every partner city's website \
the published news, people, partners and partnerships in each language, and says which language and which quality of \
translation each text has. Everything served is public; no key is needed. Languages are strict: what does not exist \
in a language is a 404 that names the languages there are, unless you ask for others with `fallback`. Keep the `ETag` \
and send `If-None-Match`; follow `/content/v1/changes` to stay in sync with one cheap request. Accept fields and block \
types you do not know.

**Svenska.** Misto är vänstädernas gemensamma redaktion. Det här läs-API:et ger varje stads webbplats publicerade \
nyheter, personer, parter och samarbeten på varje språk och säger vilket språk och vilken översättningskvalitet varje \
text har. Allt är offentligt och ingen nyckel behövs. Språken är strikta: det som inte finns på ett språk ger 404 med \
de språk som finns, om du inte ber om andra med `fallback`. Spara `ETag` och skicka `If-None-Match`; följ \
`/content/v1/changes` för att hålla dig uppdaterad med ett enda litet anrop. Godta fält och blocktyper som du inte \
känner till.
"""

INFO: dict[str, Any] = {
    "title": "Misto partner API",
    "version": "1.0.0",
    "summary": "Published texts of the cooperation between cities, in every language, honest about translations.",
    "description": DESCRIPTION,
    "termsOfService": f"{EXAMPLE_SERVER}/content/v1/docs#licences",
    "contact": {"name": "Misto", "url": f"{EXAMPLE_SERVER}/content/v1/docs", "email": EXAMPLE_EMAIL},
    "license": {
        "name": "CC BY 4.0 unless an item says otherwise",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    },
    "x-sla": {
        "description": "Best effort, without an agreed level.",
        "description-sv": "Efter bästa förmåga, utan avtalad nivå.",
        "availability": "No figure is promised. Answers may be used for a day when the hub cannot be reached "
        "(stale-if-error); build your pages so that they live on their copies.",
        "availability-sv": "Ingen siffra utlovas. Svar får användas ett dygn när navet inte kan nås "
        "(stale-if-error); bygg dina sidor så att de klarar sig på sina kopior.",
        "responseTime": "No figure is promised. What has been asked for before is answered from memory.",
        "responseTime-sv": "Ingen siffra utlovas. Det som någon redan har frågat efter besvaras ur minnet.",
        "support": "By e-mail to the contact above, on working days.",
        "support-sv": "Via e-post till kontakten ovan, på arbetsdagar.",
    },
    "x-limitations": limitations(DEFAULT_RATES, of_any_hub=True),
}
EXTERNAL_DOCS: dict[str, str] = {
    "description": "How to begin, what each address answers, and what each problem means",
    "url": f"{EXAMPLE_SERVER}/content/v1/docs",
}
TAGS = {
    "Content": "Documents, one by one and in lists.",
    "Feeds": "The newest for feed readers, and every page for search engines.",
    "Sync": "What changed, for websites that keep copies.",
    "About": "What this API is, and whether it can serve.",
}
