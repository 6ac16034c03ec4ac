from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0010_given_work"),
    ]

    operations = [
        migrations.RenameField(model_name="noticesettings", old_name="failed_at", new_name="tried_at"),
        migrations.AddField(
            model_name="noticesettings",
            name="language",
            field=models.CharField(blank=True, default="", max_length=12, verbose_name="language"),
            preserve_default=False,
        ),
    ]
