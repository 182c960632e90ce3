"""A drug's pack, and a reason that only a review offers. Both are empty in every edition that is there.

SQLite makes a table anew for a column, which the locks that look into it from other tables do not survive. So all of
them are down meanwhile, in the migration's own transaction.
"""

from django.db import migrations, models

from guidance import locks


def take_down(apps, schema_editor):
    locks.take_down(schema_editor.connection)


def put_up(apps, schema_editor):
    locks.put_up(schema_editor.connection, apps)


class Migration(migrations.Migration):
    dependencies = [("guidance", "0002_published_editions_stay")]

    operations = [
        migrations.RunPython(take_down, put_up, elidable=True),
        migrations.AddField(
            model_name="drug",
            name="pack_tablets",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="tabletter i pakningen"
            ),
        ),
        migrations.AddConstraint(
            model_name="drug",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pack_tablets", None), ("pack_tablets__range", (1, 500)), _connector="OR"
                ),
                name="pack_is_in_range",
            ),
        ),
        migrations.AddField(
            model_name="limit",
            name="offered_at_review",
            field=models.TextField(
                blank=True, default="", verbose_name="ferdig begrunnelse ved en vurdering"
            ),
        ),
        migrations.RunPython(put_up, take_down, elidable=True),
    ]
