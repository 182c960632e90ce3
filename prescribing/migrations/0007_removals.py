"""What lets courses go when their time is over."""

from django.db import migrations, models

from prescribing import locks


def put_up(apps, schema_editor):
    locks.put_up(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("prescribing", "0006_prints_in_languages")]
    operations = [
        migrations.CreateModel(
            name="Removal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_code", models.CharField(max_length=7, unique=True)),
                ("course_number", models.PositiveBigIntegerField(unique=True)),
                ("log_row", models.PositiveBigIntegerField()),
                ("removed_at", models.DateTimeField()),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(put_up, migrations.RunPython.noop),
    ]
