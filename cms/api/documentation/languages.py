"""The languages of the documentation: English, in which the OpenAPI document is written, and Swedish."""

import tomllib
from pathlib import Path

NAMES = {"en": "English", "sv": "Svenska"}


_SWEDISH = Path(__file__).parent / "swedish.toml"
SWEDISH: dict[str, str] = {text["en"]: text["sv"] for text in tomllib.loads(_SWEDISH.read_text())["text"]}


def say(text: str, language: str) -> str:
    """Return a text of the OpenAPI document in this language; as it is when nobody has translated it."""
    return SWEDISH.get(text, text) if language == "sv" else text


WORDS = {
    "en": {
        "parameters": "Parameters",
        "required": "required",
        "path": "in the path",
        "header": "header",
        "answers": "Answers",
        "headers": "Headers of the answer",
        "example": "Example",
        "file": "as a file",
        "problems": "Problems",
    },
    "sv": {
        "parameters": "Parametrar",
        "required": "krävs",
        "path": "i sökvägen",
        "header": "huvud",
        "answers": "Svar",
        "headers": "Svarets huvuden",
        "example": "Exempel",
        "file": "som fil",
        "problems": "Problem",
    },
}
"""What stands around the texts of the document."""
