"""The database itself refuses to change or delete what was signed."""

from django.db import migrations

TABLES = ("prescribing_entry", "prescribing_print")


def guard(apps, schema_editor):
    for table in TABLES:
        for statement in _guards(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {table}_stays_update")
            schema_editor.execute(f"DROP TRIGGER {table}_stays_delete")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_stays ON {table}")
            schema_editor.execute(f"DROP TRIGGER {table}_stays_whole ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_stays()")


def _guards(vendor, table):
    if vendor == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_stays_{deed.lower()} BEFORE {deed} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'what was signed stays'); END"
            )
        return
    yield (
        f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'what was signed stays'; END$$"
    )
    yield (
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_stays()"
    )
    yield (
        f"CREATE TRIGGER {table}_stays_whole BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()"
    )


class Migration(migrations.Migration):
    dependencies = [("prescribing", "0001_courses_drafts_and_entries")]
    operations = [migrations.RunPython(guard, unguard)]
