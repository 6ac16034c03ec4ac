from django.db import migrations, models

from cms.publications.models import mark_of


def keep_only_marks(apps, schema_editor):
    past_paths = apps.get_model("publications", "PastPath").objects.using(schema_editor.connection.alias)
    for past in past_paths.iterator():
        past.mark = mark_of(past.mark)
        past.save(update_fields=["mark"])


class Migration(migrations.Migration):
    dependencies = [("publications", "0001_initial")]

    operations = [
        migrations.RenameField("pastpath", "path", "mark"),
        migrations.RunPython(keep_only_marks, migrations.RunPython.noop),
        migrations.AlterField("pastpath", "mark", models.CharField(max_length=64, unique=True, verbose_name="mark")),
    ]
