"""Takes the pictures in docs/images anew: `make screenshots`."""

import html
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser import Person, signed_in
from tests.hub import CHROMIUM, ROOT, Hub, running_hub

IMAGES = ROOT / "docs" / "images"
ARTICLE = "umea-samarbete-cherson"


def main() -> None:
    """Start a hub, look at it as its users do, and keep what they see."""
    if CHROMIUM is None:
        sys.exit("There is no Chromium on this machine. On Debian: apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_hub(Path(folder)) as hub:
        article = _find_article(hub)
        with signed_in(hub, "umea-editor", language="sv") as editor:
            _show_editing(editor, article)
        with signed_in(hub, "uk-translator", language="uk") as translator:
            _show_translating(translator, hub.get(f"/content/v1/uk/news/{article['id']}")[1])
            _show_answer(translator, article)
            _show_reading_page(translator, article)


def _find_article(hub: Hub) -> dict[str, Any]:
    listed = hub.get("/content/v1/sv/news?limit=100")[1]["items"]
    return next(item for item in listed if item["slug"] == ARTICLE)


def _show_editing(editor: Person, article: dict[str, Any]) -> None:
    editor.open(f"/admin/pages/{editor.find_page(article['title'])}/edit/")
    _keep(editor, "admin")


def _show_translating(translator: Person, article: dict[str, Any]) -> None:
    """Show the queue, and the article at the workbench."""
    translator.open("/admin/desk/queue/")
    _keep(translator, "queue")
    translator.open(f"/admin/pages/{translator.find_page(article['title'])}/edit/")
    translator.page.locator(".desk-rows:not([inert])").wait_for()
    _keep(translator, "translation")


def _show_answer(person: Person, article: dict[str, Any]) -> None:
    """Show what Kherson's website receives, in short."""
    item = person.hub.get(f"/content/v1/uk/news/{article['id']}")[1]
    quote = next(block for block in item["body"] if block["type"] == "quote")
    names = ("id", "kind", "language", "title", "path", "published_at", "translation", "alternates")
    short = {name: item[name] for name in names} | {"lead": item["lead"], "body": ["…", quote, "…"]}
    text = html.escape(
        f"$ curl -s …/content/v1/uk/news/{item['id']}\n" + json.dumps(short, ensure_ascii=False, indent=2)
    )
    style = "margin:0;padding:24px;background:#10202b;color:#e8eef2;font:14px/1.45 monospace;white-space:pre-wrap"
    person.page.set_content(f'<pre style="{style}">{text}</pre>')
    _keep(person, "answer", full=True)


def _show_reading_page(person: Person, article: dict[str, Any]) -> None:
    path = next(other["path"] for other in article["alternates"] if other["language"] == "uk")
    person.open(path)
    _keep(person, "reading-page")


def _keep(person: Person, name: str, *, full: bool = False) -> None:
    """Keep what the person sees, small enough for a repository."""
    file = IMAGES / f"{name}.png"
    person.page.screenshot(path=str(file), full_page=full)
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(128).save(file, optimize=True)
    print(file.relative_to(ROOT))  # noqa: T201


if __name__ == "__main__":
    main()
