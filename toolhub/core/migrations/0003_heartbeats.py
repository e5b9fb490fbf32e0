from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_change_counter'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('job', models.CharField(max_length=128, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('is_failed', models.BooleanField(default=False)),
            ],
        ),
    ]
