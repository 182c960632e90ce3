from django.db import migrations

from accounts.sealing import Unreadable, open_sealed, seal

SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def seal_all(apps, schema_editor):
    """Secrets that were kept as they are, from before they were sealed. Those that are sealed already stay."""
    for row in apps.get_model("mfa", "Authenticator").objects.filter(type__in=SECRETS):
        name = SECRETS[row.type]
        try:
            open_sealed(row.data[name])
        except Unreadable:
            row.data[name] = seal(row.data[name])
            row.save(update_fields=["data"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0004_keys"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunPython(seal_all, migrations.RunPython.noop),
    ]
