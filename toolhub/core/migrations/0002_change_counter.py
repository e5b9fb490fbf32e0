from __future__ import annotations

from django.db import migrations


def create_counter(apps, schema_editor):
    apps.get_model("core", "ChangeCounter").objects.get_or_create(pk=1, defaults={"last": 0})


class Migration(migrations.Migration):
    dependencies = [("core", "0001_change_sequence")]
    operations = [migrations.RunPython(create_counter, migrations.RunPython.noop)]
