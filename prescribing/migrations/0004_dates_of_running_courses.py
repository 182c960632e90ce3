"""Courses signed before their dates had columns get them from the plan that was signed."""

from datetime import date

from django.db import migrations


def fill_in(apps, schema_editor):
    """The start, the first day below the first dose and the last day, where the plan has dates."""
    courses = apps.get_model("prescribing", "Course").objects.filter(state="running", starts_on=None)
    for course in courses.prefetch_related("entries"):
        plan = max(course.entries.all(), key=lambda entry: entry.number).plan
        if not plan or not plan["start"]:
            continue
        course.starts_on = date.fromisoformat(plan["start"])
        course.ends_on = date.fromisoformat(plan["days"][-1]["date"])
        course.taper_on = date.fromisoformat(plan["steps"][1]["from"]) if plan["steps"][1:] else None
        course.save(update_fields=["starts_on", "ends_on", "taper_on"])


class Migration(migrations.Migration):
    dependencies = [("prescribing", "0003_what_follows_the_first_plan")]
    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
