"""The database itself refuses to change or delete what was signed."""

from django.db import migrations

from prescribing import locks


def put_up(apps, schema_editor):
    locks.put_up(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("prescribing", "0001_courses_drafts_and_entries")]
    operations = [migrations.RunPython(put_up, migrations.RunPython.noop)]
