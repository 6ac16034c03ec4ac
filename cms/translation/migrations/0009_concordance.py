import django.db.models.deletion
from django.db import migrations, models

FTS = "pair, source_words, target_words"


def make_index(apps, schema_editor):
    for sql in {"postgresql": _postgresql, "sqlite": _sqlite}[schema_editor.connection.vendor]():
        schema_editor.execute(sql, params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX translation_source_words")
        schema_editor.execute("DROP INDEX translation_target_words")
        schema_editor.execute("DROP FUNCTION translation_words(text, text)")
    else:
        for act in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER translation_words_{act}")
        schema_editor.execute("DROP TABLE translation_words")


def remember_everything(apps, schema_editor):
    """Remember what was translated before there was an index."""
    from cms.translation.concordance.remembering import facts_of

    rows = apps.get_model("wagtail_localize", "StringTranslation").objects.select_related("translation_of", "context")
    remembered = apps.get_model("translation", "Remembered")
    batch = []
    for row in rows.iterator(chunk_size=1_000):
        batch.append(remembered(string_translation_id=row.pk, **facts_of(row)))
        if len(batch) == 1_000:
            remembered.objects.bulk_create(batch)
            batch = []
    remembered.objects.bulk_create(batch)


def _postgresql():
    # The words are folded when they are stored, so that no dictionary of PostgreSQL has a say in them.
    yield """
        CREATE FUNCTION translation_words(pair text, words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
        AS $$ SELECT array_to_tsvector(string_to_array(trim(pair || ' ' || words), ' ')) $$
    """
    for side in ("source", "target"):
        yield (
            f"CREATE INDEX translation_{side}_words ON translation_remembered"
            f" USING gin (translation_words(pair, {side}_words))"
        )


def _sqlite():
    yield (
        f"CREATE VIRTUAL TABLE translation_words USING fts5({FTS}, content = 'translation_remembered',"
        " content_rowid = 'string_translation_id', tokenize = 'unicode61 remove_diacritics 0', prefix = '3 4 5')"
    )
    new = f"INSERT INTO translation_words (rowid, {FTS}) VALUES (new.string_translation_id, {_columns_of('new')});"  # noqa: S608  our own SQL
    old = (
        f"INSERT INTO translation_words (translation_words, rowid, {FTS})"  # noqa: S608  our own SQL
        f" VALUES ('delete', old.string_translation_id, {_columns_of('old')});"
    )
    for act, what in {"INSERT": new, "DELETE": old, "UPDATE": old + new}.items():
        name = f"translation_words_{act.lower()}"
        yield f"CREATE TRIGGER {name} AFTER {act} ON translation_remembered BEGIN {what} END"


def _columns_of(row):
    return ", ".join(f"{row}.{column}" for column in FTS.split(", "))


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0008_engines"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remembered",
            fields=[
                (
                    "string_translation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="remembered",
                        serialize=False,
                        to="wagtail_localize.stringtranslation",
                    ),
                ),
                ("key", models.UUIDField(verbose_name="key")),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                    ),
                ),
                ("pair", models.CharField(max_length=24, verbose_name="languages")),
                ("source_mark", models.CharField(max_length=32, verbose_name="mark of the source")),
                ("target_mark", models.CharField(max_length=32, verbose_name="mark of the translation")),
                ("source_words", models.TextField(blank=True, verbose_name="words of the source")),
                ("target_words", models.TextField(blank=True, verbose_name="words of the translation")),
                ("at", models.DateTimeField(verbose_name="translated at")),
            ],
            options={
                "verbose_name": "remembered text",
                "verbose_name_plural": "remembered texts",
                "indexes": [
                    models.Index(fields=["key", "target"], name="remembered_of_a_page"),
                    models.Index(fields=["pair", "source_mark", "-at"], name="remembered_by_source"),
                    models.Index(fields=["pair", "target_mark", "-at"], name="remembered_by_target"),
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index, elidable=False),
        migrations.RunPython(remember_everything, migrations.RunPython.noop, elidable=False),
    ]
