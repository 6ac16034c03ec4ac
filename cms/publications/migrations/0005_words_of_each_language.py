"""An index of words for each language on PostgreSQL: in one for all, a name was looked up among the texts of all."""

from django.db import migrations

LANGUAGES = ("sv", "uk", "fi", "en")
WORDS = "ON publications_searchtext USING gin (vector)"


def make_indexes(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("DROP INDEX searchtext_vector")
    for language in LANGUAGES:
        schema_editor.execute(f"CREATE INDEX searchtext_vector_{language} {WORDS} WHERE language = '{language}'")
    schema_editor.execute(f"CREATE INDEX searchtext_vector {WORDS} WHERE language NOT IN {LANGUAGES}")


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for language in LANGUAGES:
        schema_editor.execute(f"DROP INDEX searchtext_vector_{language}")
    schema_editor.execute("DROP INDEX searchtext_vector")
    schema_editor.execute(f"CREATE INDEX searchtext_vector {WORDS}")


class Migration(migrations.Migration):
    dependencies = [
        ("publications", "0004_lists"),
    ]

    operations = [
        migrations.RunPython(make_indexes, drop_indexes, elidable=False),
    ]
