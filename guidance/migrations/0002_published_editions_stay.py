"""Put up the triggers that refuse to change a published edition, on SQLite and PostgreSQL."""

from django.db import migrations

from guidance import locks


def put_up(apps, schema_editor):
    locks.put_up(schema_editor.connection, apps)


def take_down(apps, schema_editor):
    locks.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_the_guideline_in_rows")]

    operations = [migrations.RunPython(put_up, take_down, elidable=False)]
