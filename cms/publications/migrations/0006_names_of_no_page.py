"""Names and words of the register that belong to no page."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publications", "0005_words_of_each_language")]

    operations = [
        migrations.AlterField(
            model_name="searchname",
            name="publication",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="search_names",
                to="publications.publication",
                verbose_name="publication",
            ),
        ),
    ]
