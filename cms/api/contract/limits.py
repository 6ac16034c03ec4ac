"""How much the API answers, in figures and in both languages of its documentation."""

from collections.abc import Mapping

DEFAULT_RATES = {"answers": 1_200, "search": 120}
"""What a hub allows unless its settings say otherwise; the committed files say so."""

_RATES = {
    "en": "In a minute {builder} {answers} for one network address, and beside them {search}",
    "sv": "På en minut bygger {builder} {answers} åt en nätverksadress, och därutöver {search}",
}
_BUILDERS = {"en": ("the hub builds", "each process of the hub builds"), "sv": ("navet", "varje process i navet")}
"""Who counts: the hub, or, where its processes share no cache, each of them for itself."""

_AT_MOST = {
    "en": {"answers": "at most {0} answers", "search": "at most {0} searches"},
    "sv": {"answers": "högst {0} svar", "search": "högst {0} sökningar"},
}
_WITHOUT_END = {
    "en": {"answers": "any number of answers", "search": "any number of searches"},
    "sv": {"answers": "hur många svar som helst", "search": "hur många sökningar som helst"},
}
_OTHERS = {
    "en": " (a hub may set others, or have each of its processes count for itself)",
    "sv": " (ett nav kan ha andra gränser, eller låta varje process räkna för sig)",
}
_THOUSANDS = {"en": ",", "sv": "\N{NO-BREAK SPACE}"}


def rates_in_words(rates: Mapping[str, int], language: str, *, of_each_process: bool = False) -> str:
    """Return how many answers are built in a minute, as a sentence without its end; none allowed means no limit."""
    said = {name: _in_words(name, most, language) for name, most in rates.items()}
    return _RATES[language].format(builder=_BUILDERS[language][of_each_process], **said)


def limitations(rates: Mapping[str, int], *, of_any_hub: bool = False, of_each_process: bool = False) -> dict[str, str]:
    """Return what the OpenAPI document says of limits: of this hub, or of any that keeps what is usual."""
    english, swedish = (
        rates_in_words(rates, language, of_each_process=of_each_process) + (_OTHERS[language] if of_any_hub else "")
        for language in ("en", "sv")
    )
    return {
        "description": "Read-only. At most 100 items an answer. No keys, no personal accounts. "
        f"{english}; what is held already is free. An address has at most 6,000 "
        "characters.",
        "description-sv": "Endast läsning. Högst 100 objekt per svar. Inga nycklar, inga personliga konton. "
        f"{swedish}; det som redan finns framme är fritt. En adress har högst "
        "6\N{NO-BREAK SPACE}000 tecken.",
    }


def _in_words(name: str, most: int, language: str) -> str:
    figure = f"{most:,}".replace(",", _THOUSANDS[language])
    return _AT_MOST[language][name].format(figure) if most else _WITHOUT_END[language][name]
