"""What each night's reading of the figures found in the company's database."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("amends", "0043_early_warning"),
    ]

    operations = [
        migrations.CreateModel(
            name='ExposureRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('at', models.DateTimeField()),
                ('weeks', models.PositiveIntegerField(default=0)),
                ('problem', models.CharField(blank=True, default='', max_length=300)),
                ('broken', models.JSONField(default=list)),
            ],
            options={
                'ordering': ['-day'],
            },
        ),
    ]
