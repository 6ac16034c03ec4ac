import django.db.models.deletion
from django.db import migrations, models

FTS = ("pair", "source_words", "target_words")


def make_index(apps, schema_editor):
    for sql in {"postgresql": _postgresql, "sqlite": _sqlite}[schema_editor.connection.vendor]():
        schema_editor.execute(sql, params=None)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for side in ("source", "target"):
            schema_editor.execute(f"DROP INDEX translation_overwritten_{side}_words")
    else:
        for act in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER translation_overwritten_words_{act}")
        schema_editor.execute("DROP TABLE translation_overwritten_words")


def remember_everything(apps, schema_editor):
    """Remember what was overwritten before there was an index."""
    from cms.translation.concordance.remembering import facts_of_overwritten

    versions = apps.get_model("translation", "StringVersion").objects.exclude(before="")
    versions = versions.exclude(before=models.F("after")).select_related("string", "context")
    overwritten = apps.get_model("translation", "Overwritten")
    batch = []
    for version in versions.iterator(chunk_size=1_000):
        batch.append(overwritten(version_id=version.pk, **facts_of_overwritten(version)))
        if len(batch) == 1_000:
            overwritten.objects.bulk_create(batch)
            batch = []
    overwritten.objects.bulk_create(batch)


def _postgresql():
    for side in ("source", "target"):
        yield (
            f"CREATE INDEX translation_overwritten_{side}_words ON translation_overwritten"
            f" USING gin (translation_words(pair, {side}_words))"
        )


def _sqlite():
    columns = ", ".join(FTS)
    yield (
        f"CREATE VIRTUAL TABLE translation_overwritten_words USING fts5({columns}, content = 'translation_overwritten',"
        " content_rowid = 'version_id', tokenize = 'unicode61 remove_diacritics 0', prefix = '3 4 5')"
    )
    into = "INSERT INTO translation_overwritten_words"
    new = f"{into} (rowid, {columns}) VALUES (new.version_id, {_columns_of('new')});"
    old = (
        f"{into} (translation_overwritten_words, rowid, {columns})"
        f" VALUES ('delete', old.version_id, {_columns_of('old')});"
    )
    for act, what in {"INSERT": new, "DELETE": old, "UPDATE": old + new}.items():
        name = f"translation_overwritten_words_{act.lower()}"
        yield f"CREATE TRIGGER {name} AFTER {act} ON translation_overwritten BEGIN {what} END"


def _columns_of(row):
    return ", ".join(f"{row}.{column}" for column in FTS)


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0013_user_of_choice_version"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Overwritten",
            fields=[
                ("key", models.UUIDField(verbose_name="key")),
                ("pair", models.CharField(max_length=24, verbose_name="languages")),
                ("source_mark", models.CharField(max_length=32, verbose_name="mark of the source")),
                ("target_mark", models.CharField(max_length=32, verbose_name="mark of the translation")),
                ("source_words", models.TextField(blank=True, verbose_name="words of the source")),
                ("target_words", models.TextField(blank=True, verbose_name="words of the translation")),
                ("at", models.DateTimeField(verbose_name="translated at")),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="translation.stringversion",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "overwritten text",
                "verbose_name_plural": "overwritten texts",
            },
        ),
        migrations.RunPython(make_index, drop_index, elidable=False),
        migrations.RunPython(remember_everything, migrations.RunPython.noop, elidable=False),
    ]
