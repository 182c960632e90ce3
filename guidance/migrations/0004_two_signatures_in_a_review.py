"""Reviews are counted and signatures belong to one; an edition says what is new, and when its source was last read.

SQLite makes a table anew for a constraint, which the locks that look into it from other tables do not survive. So all
of them are down meanwhile, in the migration's own transaction.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from guidance import locks


def take_down(apps, schema_editor):
    locks.take_down(schema_editor.connection)


def put_up(apps, schema_editor):
    locks.put_up(schema_editor.connection, apps)


class Migration(migrations.Migration):

    dependencies = [
        ('guidance', '0003_packs_and_reasons_at_a_review'),
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_down, put_up, elidable=True),
        migrations.RemoveConstraint(
            model_name='change',
            name='deed_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='signature',
            name='signed_once_by_each',
        ),
        migrations.AddField(
            model_name='change',
            name='place',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='plass'),
        ),
        migrations.AddField(
            model_name='change',
            name='undoes',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='guidance.change'),
        ),
        migrations.AddField(
            model_name='edition',
            name='news',
            field=models.TextField(blank=True, default='', verbose_name='hva som er nytt'),
        ),
        migrations.AddField(
            model_name='edition',
            name='read_on',
            field=models.DateField(blank=True, null=True, verbose_name='retningslinjen sist lest'),
        ),
        migrations.AddField(
            model_name='edition',
            name='review_round',
            field=models.PositiveIntegerField(default=0, verbose_name='godkjenningsrunde'),
        ),
        migrations.AddField(
            model_name='regimen',
            name='review_days_max',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='dager til siste vurderingsdag'),
        ),
        migrations.AddField(
            model_name='regimen',
            name='slower_times',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='langsommere nedtrapping, ganger'),
        ),
        migrations.AddField(
            model_name='signature',
            name='round',
            field=models.PositiveIntegerField(default=0, verbose_name='runde'),
        ),
        migrations.AddField(
            model_name='signature',
            name='seen',
            field=models.TextField(blank=True, default='', verbose_name='det som ble vist'),
        ),
        migrations.AlterField(
            model_name='change',
            name='deed',
            field=models.CharField(choices=[('loaded', 'lastet'), ('imported', 'hentet inn'), ('copied', 'kopiert'), ('restored', 'gjenopprettet'), ('edited', 'endret'), ('added', 'lagt til'), ('retired', 'tatt bort'), ('moved', 'flyttet'), ('submitted', 'sendt til godkjenning'), ('recalled', 'tatt tilbake'), ('signed', 'skrevet under'), ('published', 'publisert'), ('withdrawn', 'trukket tilbake'), ('discarded', 'forkastet')], max_length=12, verbose_name='hva'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['loaded', 'imported', 'copied', 'restored', 'edited', 'added', 'retired', 'moved', 'submitted', 'recalled', 'signed', 'published', 'withdrawn', 'discarded'])), name='deed_is_known'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('edition', 'by', 'content_hash', 'round'), name='signed_once_by_each'),
        ),
        migrations.RunPython(put_up, take_down, elidable=True),
    ]
