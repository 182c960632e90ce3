"""What a new edition made new in a draft, and who has seen the news of which edition."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("guidance", "0003_packs_and_reasons_at_a_review"),
        ("prescribing", "0004_dates_of_running_courses"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft", name="asked_anew", field=models.JSONField(blank=True, default=list)
        ),
        migrations.CreateModel(
            name="SeenNews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="guidance.edition",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="seennews",
            constraint=models.UniqueConstraint(fields=("user", "edition"), name="news_seen_once_by_each"),
        ),
    ]
