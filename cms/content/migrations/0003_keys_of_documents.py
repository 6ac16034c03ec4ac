from uuid import uuid4

from django.db import migrations, models


def give_keys(apps, schema_editor):
    documents = apps.get_model("content", "ContentDocument").objects
    for pk in documents.values_list("pk", flat=True):
        documents.filter(pk=pk).update(key=uuid4())


class Migration(migrations.Migration):
    dependencies = [("content", "0002_sizes_of_images")]

    operations = [
        migrations.AddField(
            model_name="contentdocument",
            name="key",
            field=models.UUIDField(default=uuid4, editable=False, null=True, verbose_name="key"),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="contentdocument",
            name="key",
            field=models.UUIDField(default=uuid4, editable=False, unique=True, verbose_name="key"),
        ),
    ]
