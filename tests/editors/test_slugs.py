"""Addresses are readable in Latin letters, and promised for ever."""

import pytest
from wagtail.models import Revision

from cms.content.slugs import free_slug, slug_of, transliterate
from news.models import NewsPage
from tests.newsroom import Newsroom, add, add_seed_article, draft, publish

# The examples are those of the resolution itself (KMU 55, 27 January 2010), and the names of this hub.
TABLE = [
    ("Алушта", "alushta"),
    ("Борщагівка", "borshchahivka"),
    ("Вишгород", "vyshhorod"),
    ("Гадяч", "hadiach"),
    ("Ґалаґан", "galagan"),
    ("Дон", "don"),
    ("Рівне", "rivne"),
    ("Єнакієве", "yenakiieve"),
    ("Гаєвич", "haievych"),
    ("Короп'є", "koropie"),
    ("Житомир", "zhytomyr"),
    ("Закарпаття", "zakarpattia"),
    ("Медвин", "medvyn"),
    ("Іршава", "irshava"),
    ("Їжакевич", "yizhakevych"),
    ("Кадиївка", "kadyivka"),
    ("Йосипівка", "yosypivka"),
    ("Стрий", "stryi"),
    ("Харків", "kharkiv"),
    ("Біла Церква", "bila-tserkva"),
    ("Чернівці", "chernivtsi"),
    ("Шостка", "shostka"),
    ("Щербухи", "shcherbukhy"),
    ("Юрій", "yurii"),
    ("Корюківка", "koriukivka"),
    ("Яготин", "yahotyn"),
    ("Костянтин", "kostiantyn"),
    ("Знам’янка", "znamianka"),
    ("Згорани", "zghorany"),
    ("Розгон", "rozghon"),
    ("Віталій Бєлобров", "vitalii-bielobrov"),
    ("Херсон", "kherson"),
    ("Умео", "umeo"),
    ("Україна та Їжа", "ukraina-ta-yizha"),
]
NORDIC = [
    ("Umeå ingår samarbete med Cherson", "umea-ingar-samarbete-med-cherson"),
    ("Östersund, Älvsbyn & Ærø", "ostersund-alvsbyn-aero"),
    ("Työ käynnistyy Jyväskylässä", "tyo-kaynnistyy-jyvaskylassa"),
    ("Straße in Kiel", "strasse-in-kiel"),
    ("–  !", ""),
]


@pytest.mark.parametrize(("title", "slug"), TABLE + NORDIC)
def test_titles_become_latin_letters(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_other_letters_stay_for_the_next_step() -> None:
    assert transliterate("Åsa Ющенко") == "åsa yushchenko"


def test_a_long_title_is_cut_at_a_word() -> None:
    slug = slug_of("Umeå ingår samarbete med Cherson " * 5)
    assert len(slug) <= 80
    assert slug.endswith(("umea", "ingar", "samarbete", "med", "cherson"))


def test_a_slug_is_made_when_first_published_and_then_kept(room: Newsroom) -> None:
    article = add_seed_article(room, live=False)
    article.title = "Umeå och Cherson skriver under"
    first = publish(article)
    assert first.slug == "umea-och-cherson-skriver-under"

    first.title = "Umeå inleder samarbete med Kherson"
    assert publish(first).slug == "umea-och-cherson-skriver-under"

    first.unpublish()
    again = publish(NewsPage.objects.get(pk=first.pk))
    assert (again.slug, again.url_path) == ("umea-och-cherson-skriver-under", first.url_path)


def test_an_old_revision_does_not_bring_back_an_old_address(room: Newsroom) -> None:
    article = add_seed_article(room, live=False)
    early = article.latest_revision_id
    article.title = "Vasa vill delta"
    publish(article)

    Revision.objects.get(pk=early).publish()

    again = NewsPage.objects.get()
    assert again.title == "Umeå ingår samarbete med Cherson"
    assert again.slug == "vasa-vill-delta"
    assert again.url_path.endswith("/vasa-vill-delta/")


def test_two_pages_of_a_kind_and_language_never_share_a_slug(room: Newsroom) -> None:
    add_seed_article(room)
    twin = NewsPage(title="Umeå ingår samarbete med Cherson", lead="Från Chersons sida.")
    twin = publish(add(room.news("kherson", "sv"), twin))
    assert twin.slug == "umea-ingar-samarbete-med-cherson-2"


def test_a_copy_gets_an_address_of_its_own(room: Newsroom) -> None:
    article = add_seed_article(room)
    copied = article.copy(to=room.news("kherson", "sv"), keep_live=True, copy_revisions=False)
    assert copied.slug == "umea-ingar-samarbete-med-cherson-2"
    assert copied.published_at is None


def test_a_title_without_letters_still_has_an_address(room: Newsroom) -> None:
    page = draft(add(room.news("umea", "sv"), NewsPage(title="24/7 – ???", lead="Dygnet runt.")))
    page.title = "???"
    assert free_slug(page) == "news-article"
