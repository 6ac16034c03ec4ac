from django.db import migrations, models
from django.db.models import Exists, OuterRef


def remember_sizes(apps, schema_editor):
    renditions = apps.get_model("content", "ContentRendition").objects.filter(image=OuterRef("pk"))
    apps.get_model("content", "ContentImage").objects.filter(Exists(renditions)).update(sizes="made")


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="contentimage",
            name="sizes",
            field=models.CharField(
                choices=[
                    ("waiting", "not made yet"),
                    ("made", "made"),
                    ("broken", "not made: the file cannot be read"),
                ],
                default="waiting",
                editable=False,
                max_length=8,
                verbose_name="sizes",
            ),
        ),
        migrations.RunPython(remember_sizes, migrations.RunPython.noop),
    ]
