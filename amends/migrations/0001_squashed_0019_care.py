"""Every table as it stood after the first nineteen migrations, for a desk that begins now."""

import datetime
from datetime import UTC
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from amends.method.policy import preset
from amends.migrations._at_once import AtOnce

REPLACED = [
    "0001_initial",
    "0002_ledger_is_append_only",
    "0003_the_whole_method",
    "0004_first_policy",
    "0005_always_something",
    "0006_deliveries_that_failed",
    "0007_rules_read_on_and_answers_kept",
    "0008_limits_live_in_the_policy",
    "0009_requests_taken_back",
    "0010_releases_say_how",
    "0011_holding_letters",
    "0012_listening",
    "0013_for_a_lead",
    "0014_remarks_put_aside",
    "0015_kinds_of_issues",
    "0016_closing_the_loop",
    "0017_surveys",
    "0018_practice",
    "0019_care",
]
LEDGER = import_module("amends.migrations.0002_ledger_is_append_only")
REMEDIES = import_module("amends.migrations.0005_always_something")


def first_version(apps, _editor):
    """Version 1 of the policy: the standard preset."""
    apps.get_model("amends", "PolicyVersion").objects.create(
        number=1,
        at=datetime.datetime.now(UTC),
        preset="standard",
        data=preset("standard"),
        note="The first policy.",
    )


class Migration(migrations.Migration):
    """A desk that exists has had these and skips them."""

    replaces = [("amends", name) for name in REPLACED]
    initial = True
    dependencies = []

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('username', models.CharField(max_length=40, unique=True)),
                    ('name', models.CharField(max_length=80)),
                    ('email', models.EmailField(blank=True, default='', max_length=254)),
                    ('role', models.CharField(choices=[('agent', 'Agent'), ('lead', 'Lead'), ('quality', 'Quality'), ('admin', 'Admin')], max_length=10)),
                    ('is_active', models.BooleanField(default=True)),
                    ('letter_keys', models.BooleanField(default=True)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='amends.team')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['agent', 'lead', 'quality', 'admin'])), name='user_role_known')],
                },
            ),
            migrations.CreateModel(
                name='CareConsent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('whose', models.CharField(max_length=64, unique=True)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Case',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject', models.CharField(max_length=300)),
                    ('address', models.CharField(max_length=320)),
                    ('opened_at', models.DateTimeField()),
                    ('severity', models.PositiveSmallIntegerField(default=2)),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='amends.channel')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='amends.customer')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='amends.team')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('severity__range', (1, 4))), name='severity_1_to_4')],
                },
            ),
            migrations.CreateModel(
                name='Channel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(default='email', max_length=16)),
                    ('address', models.CharField(max_length=320, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='channels', to='amends.team')),
                ],
            ),
            migrations.CreateModel(
                name='Customer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(blank=True, default='', max_length=200)),
                    ('language', models.CharField(blank=True, default='', max_length=8)),
                    ('since', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Heartbeat',
                fields=[
                    ('name', models.CharField(max_length=16, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Remedy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(unique=True)),
                    ('kind', models.CharField(max_length=20)),
                    ('name', models.CharField(max_length=120)),
                    ('description', models.TextField()),
                    ('terms', models.TextField(blank=True, default='')),
                    ('cost_cents', models.PositiveBigIntegerField(default=0)),
                    ('currency', models.CharField(default='EUR', max_length=3)),
                    ('asks_amount', models.BooleanField(default=False)),
                    ('entitlement', models.BooleanField(default=False)),
                    ('suits', models.JSONField(default=list)),
                    ('retired_at', models.DateTimeField(null=True)),
                    ('repays', models.CharField(blank=True, default='', max_length=12)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True)),
                    ('signature', models.TextField(blank=True, default='')),
                    ('calendar', models.JSONField(blank=True, default=dict)),
                    ('profile', models.CharField(default='own', max_length=20)),
                ],
            ),
            migrations.CreateModel(
                name='Wishes',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('whose', models.CharField(max_length=64, unique=True)),
                    ('not_taken', models.JSONField(default=list)),
                    ('languages', models.JSONField(default=list)),
                    ('at_once', models.PositiveSmallIntegerField(null=True)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Acceptance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('via', models.CharField(choices=[('page', 'on their page'), ('email', 'by e-mail'), ('phone', 'by phone, read back')], max_length=8)),
                    ('words', models.TextField(blank=True, default='')),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='acceptance', to='amends.offer')),
                    ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='amends.option')),
                    ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='amends.message')),
                    ('read_back', models.TextField(blank=True, default='')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('via', 'page'), models.Q(models.Q(('words', ''), _negated=True), ('noted_by__isnull', False)), _connector='OR'), name='agreement_has_evidence')],
                },
            ),
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('made_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='ApprovalRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('draft', models.JSONField()),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('reason', models.TextField()),
                    ('asked_at', models.DateTimeField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approval_requests', to='amends.case')),
                    ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals_asked', to=settings.AUTH_USER_MODEL)),
                    ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approvals_received', to=settings.AUTH_USER_MODEL)),
                    ('policy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='amends.policyversion')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='ApprovalDecision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('granted', models.BooleanField()),
                    ('words', models.TextField(blank=True, default='')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals_decided', to=settings.AUTH_USER_MODEL)),
                    ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='amends.approvalrequest')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('by', models.F('requester')), _negated=True), name='approved_by_another'), models.CheckConstraint(condition=models.Q(('granted', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='no_has_words')],
                },
            ),
            migrations.CreateModel(
                name='ApprovalWithdrawal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='amends.approvalrequest')),
                ],
            ),
            migrations.CreateModel(
                name='Boundary',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(choices=[('first', 'Asked to start again'), ('second', 'Told what happens next time'), ('ended', 'Contact ended, next step in writing'), ('threat', 'Threat of violence'), ('limits', 'Limits to contact')], max_length=8)),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('review_due_at', models.DateTimeField(null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boundaries', to='amends.case')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='boundary_has_words')],
                },
            ),
            migrations.CreateModel(
                name='BoundaryReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('agreed', models.BooleanField()),
                    ('words', models.TextField()),
                    ('boundary', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='amends.boundary')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('setter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('by', models.F('setter')), _negated=True), name='boundary_reviewed_by_another'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='boundary_review_has_words')],
                },
            ),
            migrations.CreateModel(
                name='Break',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('whose', models.CharField(max_length=64)),
                    ('began_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['whose', 'began_at'], name='break_whose')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('began_at'))), name='break_ends_after_it_began')],
                },
            ),
            migrations.CreateModel(
                name='Standing',
                fields=[
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='standing', serialize=False, to='amends.case')),
                    ('attention', models.CharField(max_length=8)),
                    ('reason', models.CharField(max_length=300)),
                    ('next_step', models.CharField(blank=True, default='', max_length=12)),
                    ('order_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField(null=True)),
                    ('follow_up_at', models.DateTimeField(null=True)),
                    ('customer_name', models.CharField(max_length=320)),
                    ('words', models.CharField(max_length=200)),
                    ('feeling', models.CharField(blank=True, default='', max_length=40)),
                    ('channel', models.CharField(max_length=16)),
                    ('assignee', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='amends.team')),
                    ('quiet_at', models.DateTimeField(null=True)),
                    ('writing', models.CharField(blank=True, default='', max_length=300)),
                    ('for_a_lead', models.BooleanField(default=False)),
                ],
                options={
                    'indexes': [models.Index(fields=['team', 'attention', 'assignee', 'order_at', 'case'], name='standing_mine'), models.Index(fields=['team', 'attention', 'order_at', 'case'], name='standing_team'), models.Index(fields=['attention', 'order_at', 'case'], name='standing_all'), models.Index(condition=models.Q(('follow_up_at', None), _negated=True), fields=['team', 'follow_up_at', 'case'], name='standing_follow_up'), models.Index(condition=models.Q(('for_a_lead', True)), fields=['team', 'order_at', 'case'], name='standing_for_a_lead')],
                },
            ),
            migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='assignment', to='amends.case')),
                ],
            ),
            migrations.CreateModel(
                name='Cause',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True)),
                    ('definition', models.TextField(blank=True, default='')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='causes', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(max_length=300)),
                    ('kind', models.CharField(choices=[('understand', 'Find out why'), ('procedure', 'Procedure'), ('training', 'Training or coaching'), ('price', 'Price'), ('system', 'System')], max_length=12)),
                    ('due_date', models.DateField()),
                    ('agreed_at', models.DateTimeField()),
                    ('made_at', models.DateTimeField(null=True)),
                    ('agreed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='amends.cause')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to=settings.AUTH_USER_MODEL)),
                    ('evidence', models.CharField(blank=True, default='', max_length=500)),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='change_says_what')],
                },
            ),
            migrations.CreateModel(
                name='Claim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.CharField(choices=[('containment', 'Containment: it stops the harm for now'), ('corrective', 'Corrective: it removes the cause of what happened'), ('preventive', 'Preventive: it keeps it from happening elsewhere')], max_length=12)),
                    ('population', models.CharField(max_length=200)),
                    ('exposure', models.CharField(blank=True, default='', max_length=40)),
                    ('baseline_weeks', models.PositiveSmallIntegerField()),
                    ('trigger_weeks', models.PositiveSmallIntegerField(default=4)),
                    ('drop_percent', models.PositiveSmallIntegerField()),
                    ('review_date', models.DateField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('change', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='amends.change')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('population', ''), _negated=True), name='claim_says_for_whom'), models.CheckConstraint(condition=models.Q(('action__in', ['containment', 'corrective', 'preventive'])), name='claim_action_known'), models.CheckConstraint(condition=models.Q(('baseline_weeks__range', (12, 104))), name='claim_baseline_enough'), models.CheckConstraint(condition=models.Q(('trigger_weeks__range', (1, 26))), name='claim_trigger_left_out'), models.CheckConstraint(condition=models.Q(('drop_percent__range', (1, 100))), name='claim_drop_1_to_100'), models.CheckConstraint(condition=models.Q(('review_date__gt', models.F('at')), ('review_date__lt', datetime.date(2100, 1, 1))), name='claim_review_to_come')],
                },
            ),
            migrations.CreateModel(
                name='Closure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('words', models.TextField(blank=True, default='')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closure', to='amends.case')),
                ],
            ),
            migrations.CreateModel(
                name='Address',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(default='email', max_length=16)),
                    ('value', models.CharField(max_length=320)),
                    ('acknowledged_at', models.DateTimeField(null=True)),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='amends.customer')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'value'), name='one_customer_an_address')],
                },
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fault', models.CharField(choices=[('ours', 'Ours'), ('partly', 'Partly ours'), ('third_party', 'Somebody we work with'), ('no_control', "Outside anybody's control"), ('none', 'Nothing went wrong'), ('conduct', 'Unreasonable conduct')], max_length=12)),
                    ('outcome', models.CharField(choices=[('upheld', 'Upheld'), ('partly', 'Partly upheld'), ('not_upheld', 'Not upheld')], max_length=12)),
                    ('evidence', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                    ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='amends.issue')),
                    ('policy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='amends.policyversion')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='decision_has_evidence'), models.CheckConstraint(condition=models.Q(('fault__in', ['ours', 'partly', 'third_party', 'no_control', 'none', 'conduct'])), name='decision_fault_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['upheld', 'partly', 'not_upheld'])), name='decision_outcome_known')],
                },
            ),
            migrations.CreateModel(
                name='DecisionReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('agreed', models.BooleanField()),
                    ('words', models.TextField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='amends.decision')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('by', models.F('decider')), _negated=True), name='decision_reviewed_by_another'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='decision_review_has_words')],
                },
            ),
            migrations.CreateModel(
                name='Escalation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='escalation', to='amends.case')),
                    ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                    ('kind', models.CharField(max_length=40)),
                    ('actor', models.CharField(max_length=40)),
                    ('data', models.JSONField(default=dict)),
                    ('previous', models.CharField(max_length=64)),
                    ('hash', models.CharField(max_length=64)),
                    ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='amends.case')),
                ],
                options={
                    'indexes': [models.Index(fields=['case', 'seq'], name='event_case')],
                },
            ),
            migrations.CreateModel(
                name='Exemption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('gate', models.CharField(choices=[('offer', 'offer'), ('delivery', 'delivery'), ('closing', 'closing')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('reason', models.TextField()),
                    ('missing', models.JSONField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='amends.case')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='exemption_has_reason')],
                },
            ),
            migrations.CreateModel(
                name='Exposure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=40)),
                    ('week', models.DateField()),
                    ('count', models.PositiveBigIntegerField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['name', 'week'],
                    'constraints': [models.UniqueConstraint(fields=('name', 'week'), name='one_exposure_a_week'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='exposure_has_a_name'), models.CheckConstraint(condition=models.Q(('count__gte', 0), ('count__lte', 1000000000000)), name='exposure_can_be_counted'), models.CheckConstraint(condition=models.Q(('week__range', (datetime.date(2000, 1, 3), datetime.date(2099, 12, 31)))), name='exposure_week_can_be')],
                },
            ),
            migrations.CreateModel(
                name='Fulfilment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('entitlement', models.BooleanField(default=False)),
                    ('title', models.CharField(max_length=160)),
                    ('amount_cents', models.PositiveBigIntegerField(default=0)),
                    ('currency', models.CharField(max_length=3)),
                    ('proof', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('acceptance', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fulfilment', to='amends.acceptance')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fulfilments', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fulfilments', to='amends.case')),
                    ('issues', models.ManyToManyField(related_name='fulfilments', to='amends.issue')),
                    ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fulfilments', to='amends.remedy')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('acceptance__isnull', False), ('entitlement', True), _connector='OR'), name='agreement_or_entitlement'), models.CheckConstraint(condition=models.Q(('proof', ''), _negated=True), name='fulfilment_has_proof')],
                },
            ),
            migrations.CreateModel(
                name='FailedDelivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('delivered_at', models.DateTimeField()),
                    ('proof', models.TextField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('delivered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('fulfilment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='failures', to='amends.fulfilment')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='failure_has_words')],
                },
            ),
            migrations.CreateModel(
                name='Given',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('whose', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                    ('hard', models.BooleanField()),
                ],
                options={
                    'indexes': [models.Index(fields=['whose', 'at'], name='given_whose')],
                },
            ),
            migrations.CreateModel(
                name='HardMoment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('whose', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                    ('felt', models.CharField(max_length=12)),
                    ('minutes', models.PositiveSmallIntegerField(default=15)),
                    ('chosen', models.BooleanField(default=False)),
                ],
                options={
                    'indexes': [models.Index(fields=['whose', 'at'], name='hard_moment_whose')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('felt__in', ['calm', 'upset', 'angry', 'distressing', 'abusive'])), name='hard_moment_known')],
                },
            ),
            migrations.CreateModel(
                name='Issue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('raised_at', models.DateTimeField()),
                    ('summary', models.CharField(max_length=200)),
                    ('words', models.TextField(blank=True, default='')),
                    ('start', models.PositiveIntegerField(default=0)),
                    ('end', models.PositiveIntegerField(default=0)),
                    ('category', models.CharField(blank=True, choices=[('product_quality', 'Product quality'), ('service_received', 'Service received'), ('price_billing', 'Price or billing'), ('delivery', 'Delivery'), ('expectation_promise', 'Expectation or promise'), ('information', 'Information'), ('access', 'Access'), ('privacy', 'Privacy'), ('harm_safety', 'Harm or safety')], default='', max_length=24)),
                    ('source', models.CharField(choices=[('reading', 'Amends'), ('agent', 'the team'), ('customer', 'the customer'), ('promise', 'a promise we did not keep')], max_length=10)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='amends.case')),
                    ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='amends.message')),
                    ('about', models.CharField(blank=True, default='', max_length=80)),
                    ('harm', models.TextField(blank=True, default='')),
                    ('price_cents', models.PositiveBigIntegerField(null=True)),
                    ('kind', models.CharField(blank=True, default='', max_length=40)),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('summary', ''), _negated=True), name='issue_has_summary'), models.CheckConstraint(condition=models.Q(('category__in', ['', 'product_quality', 'service_received', 'price_billing', 'delivery', 'expectation_promise', 'information', 'access', 'privacy', 'harm_safety'])), name='issue_category_known')],
                },
            ),
            migrations.CreateModel(
                name='Hearing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('issue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='amends.issue')),
                ],
            ),
            migrations.CreateModel(
                name='Attribution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attributions', to='amends.cause')),
                    ('issue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='attribution', to='amends.issue')),
                ],
            ),
            migrations.CreateModel(
                name='IssueReopening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('words', models.TextField()),
                    ('why', models.CharField(choices=[('follow_up', 'when we asked again'), ('recurrence', 'it happened again'), ('customer', 'the customer told us'), ('team', 'the team found out')], max_length=10)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reopenings', to='amends.issue')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='issue_reopening_has_words')],
                },
            ),
            migrations.CreateModel(
                name='KeptAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=200)),
                    ('asked', models.CharField(max_length=64)),
                    ('answer', models.JSONField()),
                    ('at', models.DateTimeField()),
                    ('token', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='amends.apitoken')),
                ],
                options={
                    'indexes': [models.Index(fields=['at'], name='kept_answer_at')],
                    'constraints': [models.UniqueConstraint(fields=('token', 'key'), name='one_answer_a_key')],
                },
            ),
            migrations.CreateModel(
                name='LeftOut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=300)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='left_out', to='amends.change')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='left_out', to='amends.customer')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('change', 'customer'), name='left_out_of_a_change_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='left_out_says_why')],
                },
            ),
            migrations.CreateModel(
                name='Merger',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('into', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='amends.issue')),
                    ('issue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='merger', to='amends.issue')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('issue', models.F('into')), _negated=True), name='merged_into_another')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('outgoing', models.BooleanField()),
                    ('automatic', models.CharField(blank=True, default='', max_length=16)),
                    ('sender_name', models.CharField(blank=True, default='', max_length=200)),
                    ('sender_address', models.CharField(blank=True, default='', max_length=320)),
                    ('known_sender', models.BooleanField(default=True)),
                    ('external_id', models.CharField(blank=True, default='', max_length=998)),
                    ('fingerprint', models.CharField(max_length=64, null=True, unique=True)),
                    ('subject', models.CharField(blank=True, default='', max_length=300)),
                    ('text', models.TextField()),
                    ('pieces', models.JSONField(default=list)),
                    ('html', models.TextField(blank=True, default='')),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('mended', models.JSONField(default=list)),
                    ('reading', models.JSONField(null=True)),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='amends.case')),
                    ('raw', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='message', to='amends.rawmail')),
                ],
                options={
                    'ordering': ['at', 'pk'],
                    'indexes': [models.Index(fields=['external_id'], name='message_external')],
                },
            ),
            migrations.CreateModel(
                name='HoldingLetter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('what', models.CharField(choices=[('progress', 'how it stands'), ('extension', 'that it takes longer, and why')], max_length=9)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='amends.message')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('message', 'what'), name='told_once_a_letter'), models.CheckConstraint(condition=models.Q(('what__in', ['progress', 'extension'])), name='told_is_known')],
                },
            ),
            migrations.CreateModel(
                name='FollowUp',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('due_at', models.DateTimeField()),
                    ('planned_at', models.DateTimeField()),
                    ('done_at', models.DateTimeField(null=True)),
                    ('still_right', models.BooleanField(null=True)),
                    ('words', models.TextField(blank=True, default='')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='amends.case')),
                    ('letter', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_up', to='amends.message')),
                    ('round', models.PositiveSmallIntegerField(default=1)),
                    ('silent_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ['due_at', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['due_at'], name='follow_up_due')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('still_right', None)), models.Q(('done_at__isnull', False), ('still_right__isnull', False)), _connector='OR'), name='follow_up_has_answer')],
                },
            ),
            migrations.CreateModel(
                name='Coverage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(max_length=12)),
                    ('words', models.TextField(blank=True, default='')),
                    ('found', models.BooleanField()),
                    ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverage', to='amends.issue')),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverage', to='amends.message')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('message', 'issue', 'step'), name='one_coverage_a_step'), models.CheckConstraint(condition=models.Q(('step__in', ['apologise', 'reflect', 'acknowledge', 'remedy', 'prevent'])), name='coverage_spoken')],
                },
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('index', models.PositiveIntegerField()),
                    ('name', models.CharField(max_length=255)),
                    ('content_type', models.CharField(max_length=127)),
                    ('size', models.PositiveIntegerField()),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='amends.message')),
                ],
                options={
                    'ordering': ['index'],
                },
            ),
            migrations.CreateModel(
                name='Answered',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answered', to='amends.message')),
                ],
            ),
            migrations.CreateModel(
                name='NoNews',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('customer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='no_news', to='amends.customer')),
                ],
            ),
            migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('text', models.TextField()),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='amends.case')),
                ],
                options={
                    'ordering': ['at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Offer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveSmallIntegerField()),
                    ('can', models.TextField()),
                    ('cannot', models.TextField(blank=True, default='')),
                    ('because', models.TextField(blank=True, default='')),
                    ('made_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='amends.case')),
                    ('issues', models.ManyToManyField(related_name='offers', to='amends.issue')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers_made', to=settings.AUTH_USER_MODEL)),
                    ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='offer', to='amends.message')),
                    ('reason', models.TextField(blank=True, default='')),
                    ('approval', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offer', to='amends.approvaldecision')),
                    ('policy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='amends.policyversion')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('case', 'version'), name='one_offer_a_version'), models.CheckConstraint(condition=models.Q(('cannot', ''), models.Q(('because', ''), _negated=True), _connector='OR'), name='cannot_has_because')],
                },
            ),
            migrations.CreateModel(
                name='Decline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('via', models.CharField(choices=[('page', 'on their page'), ('email', 'by e-mail'), ('phone', 'by phone, read back')], max_length=8)),
                    ('reason', models.TextField()),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decline', to='amends.offer')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='decline_has_reason')],
                },
            ),
            migrations.CreateModel(
                name='OfferWithdrawal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('reason', models.TextField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='amends.offer')),
                ],
            ),
            migrations.CreateModel(
                name='Once',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('action', models.CharField(max_length=20)),
                    ('at', models.DateTimeField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='amends.case')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Option',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=160)),
                    ('terms', models.TextField(blank=True, default='')),
                    ('amount_cents', models.PositiveBigIntegerField(default=0)),
                    ('currency', models.CharField(max_length=3)),
                    ('deliver_by', models.DateField()),
                    ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='amends.offer')),
                    ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='amends.remedy')),
                ],
                options={
                    'ordering': ['position'],
                    'constraints': [models.UniqueConstraint(fields=('offer', 'position'), name='one_option_a_position'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='option_has_title')],
                },
            ),
            migrations.CreateModel(
                name='OutboxEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('envelope', models.JSONField()),
                    ('not_before', models.DateTimeField()),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('leased_until', models.DateTimeField(null=True)),
                    ('leased_by', models.CharField(blank=True, default='', max_length=16)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('failed_at', models.DateTimeField(null=True)),
                    ('cancelled_at', models.DateTimeField(null=True)),
                    ('reason', models.TextField(blank=True, default='')),
                    ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outbox', to='amends.message')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('cancelled_at', None), ('failed_at', None), ('sent_at', None)), fields=['not_before'], name='outbox_waiting')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('failed_at', None), ('sent_at', None)), _connector='OR'), name='outbox_one_end')],
                },
            ),
            migrations.CreateModel(
                name='DeliveryAttempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('delivered', models.BooleanField()),
                    ('permanent', models.BooleanField(default=False)),
                    ('answer', models.TextField(blank=True, default='')),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='amends.outboxentry')),
                ],
            ),
            migrations.CreateModel(
                name='PassedOn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('whose', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='amends.case')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('whose', 'case'), name='passed_on_once')],
                },
            ),
            migrations.CreateModel(
                name='Played',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scenario', models.CharField(max_length=80)),
                    ('persona', models.CharField(max_length=80)),
                    ('seed', models.PositiveIntegerField()),
                    ('turns', models.JSONField(default=list)),
                    ('most_turns', models.PositiveSmallIntegerField(null=True)),
                    ('branched_at', models.PositiveSmallIntegerField(null=True)),
                    ('started_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('branch_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='branches', to='amends.played')),
                    ('trainee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['trainee', '-started_at'], name='played_by_trainee')],
                },
            ),
            migrations.CreateModel(
                name='PolicyVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(unique=True)),
                    ('at', models.DateTimeField()),
                    ('preset', models.CharField(max_length=40)),
                    ('data', models.JSONField()),
                    ('note', models.TextField(blank=True, default='')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['number'],
                },
            ),
            migrations.CreateModel(
                name='Promise',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(max_length=200)),
                    ('due_at', models.DateTimeField()),
                    ('made_at', models.DateTimeField()),
                    ('kept_at', models.DateTimeField(null=True)),
                    ('acceptance', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promise', to='amends.acceptance')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='amends.case')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to=settings.AUTH_USER_MODEL)),
                    ('end', models.PositiveIntegerField(default=0)),
                    ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='amends.message')),
                    ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_promises', to=settings.AUTH_USER_MODEL)),
                    ('proof', models.TextField(blank=True, default='')),
                    ('start', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'ordering': ['due_at', 'pk'],
                    'indexes': [models.Index(condition=models.Q(('kept_at', None)), fields=['due_at'], name='promise_open')],
                },
            ),
            migrations.CreateModel(
                name='BrokenPromise',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('issue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='broken_promise', to='amends.issue')),
                    ('promise', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='broken', to='amends.promise')),
                ],
            ),
            migrations.CreateModel(
                name='PutAside',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=8)),
                    ('reason', models.CharField(choices=[('said', 'It does say it'), ('unfit', 'It does not fit this case'), ('quoted', "The customer's own words"), ('other', 'Something else')], max_length=8)),
                    ('words', models.CharField(blank=True, default='', max_length=200)),
                    ('mark', models.CharField(max_length=32)),
                    ('at', models.DateTimeField()),
                    ('back_at', models.DateTimeField(null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='put_aside', to='amends.case')),
                    ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='put_aside', to='amends.message')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['said', 'unfit', 'quoted', 'other'])), name='put_aside_reason'), models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='put_aside_says_why'), models.UniqueConstraint(condition=models.Q(('back_at', None), ('message', None)), fields=('case', 'mark'), name='put_aside_once')],
                },
            ),
            migrations.CreateModel(
                name='RawMail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('received_at', models.DateTimeField()),
                    ('mail_from', models.CharField(max_length=320, null=True)),
                    ('recipients', models.JSONField()),
                    ('peer', models.CharField(default='', max_length=64)),
                    ('size', models.PositiveIntegerField()),
                    ('leased_until', models.DateTimeField(null=True)),
                    ('leased_by', models.CharField(default='', max_length=16)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('read_at', models.DateTimeField(null=True)),
                    ('set_aside_at', models.DateTimeField(null=True)),
                    ('reason', models.TextField(default='')),
                    ('body', models.BinaryField()),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('read_at', None), ('set_aside_at', None)), fields=['id'], name='rawmail_waiting'), models.Index(condition=models.Q(('set_aside_at', None), _negated=True), fields=['set_aside_at'], name='rawmail_aside')],
                },
            ),
            migrations.CreateModel(
                name='Recurrence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(choices=[('cause', 'the same cause'), ('about', 'the same order or article')], max_length=8)),
                    ('at', models.DateTimeField()),
                    ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recurrences', to='amends.issue')),
                    ('issue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recurrence', to='amends.issue')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('issue', models.F('earlier')), _negated=True), name='recurrence_of_another')],
                },
            ),
            migrations.CreateModel(
                name='Ineffective',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('fulfilment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ineffective', to='amends.fulfilment')),
                    ('reopening', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='amends.issuereopening')),
                    ('recurrence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='amends.recurrence')),
                ],
            ),
            migrations.CreateModel(
                name='Refusal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('reasons', models.TextField()),
                    ('recourse', models.TextField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('issue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='refusal', to='amends.issue')),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='amends.message')),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reasons', ''), _negated=True), models.Q(('recourse', ''), _negated=True)), name='refusal_has_reasons')],
                },
            ),
            migrations.CreateModel(
                name='Regression',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('weeks', models.JSONField()),
                    ('words', models.TextField()),
                    ('change', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='regression', to='amends.change')),
                ],
            ),
            migrations.CreateModel(
                name='Release',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promise', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='amends.promise')),
                    ('via', models.CharField(default='', max_length=8)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='release_has_words')],
                },
            ),
            migrations.CreateModel(
                name='Renegotiation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('was_due_at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('words', models.TextField()),
                    ('via', models.CharField(max_length=8)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renegotiations', to='amends.promise')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='renegotiation_has_words'), models.CheckConstraint(condition=models.Q(('at__lte', models.F('was_due_at'))), name='renegotiated_before_due')],
                },
            ),
            migrations.CreateModel(
                name='Rule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('when', models.CharField(max_length=40)),
                    ('conditions', models.JSONField(default=dict)),
                    ('verb', models.CharField(max_length=40)),
                    ('fields', models.JSONField(default=dict)),
                    ('made_at', models.DateTimeField()),
                    ('stopped_at', models.DateTimeField(null=True)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='amends.team')),
                    ('seen', models.BigIntegerField(default=0)),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='RuleRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seq', models.BigIntegerField()),
                    ('at', models.DateTimeField()),
                    ('done', models.BooleanField()),
                    ('sentence', models.TextField(blank=True, default='')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_runs', to='amends.case')),
                    ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='amends.rule')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('rule', 'seq'), name='one_run_a_rule_and_event')],
                },
            ),
            migrations.CreateModel(
                name='RuleWait',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seq', models.BigIntegerField()),
                    ('until', models.DateTimeField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_waits', to='amends.case')),
                    ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waits', to='amends.rule')),
                ],
                options={
                    'ordering': ['seq', 'pk'],
                    'indexes': [models.Index(fields=['until'], name='rule_wait_until')],
                    'constraints': [models.UniqueConstraint(fields=('rule', 'seq'), name='one_wait_a_rule_and_event')],
                },
            ),
            migrations.CreateModel(
                name='Shared',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('played', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='amends.played')),
                    ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('played', 'to'), name='shared_once_with_each')],
                },
            ),
            migrations.CreateModel(
                name='Snooze',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('until', models.DateTimeField()),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='snooze', to='amends.case')),
                ],
                options={
                    'indexes': [models.Index(fields=['until'], name='snooze_until')],
                },
            ),
            migrations.CreateModel(
                name='Split',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('issue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='split', to='amends.issue')),
                    ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='amends.issue')),
                ],
            ),
            migrations.CreateModel(
                name='SpotCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('picked_at', models.DateTimeField()),
                    ('at', models.DateTimeField(null=True)),
                    ('fair', models.BooleanField(null=True)),
                    ('words', models.TextField(blank=True, default='')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('fulfilment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='spot_check', to='amends.fulfilment')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('at', None), ('by', None), ('fair', None)), models.Q(('at__isnull', False), ('by__isnull', False), ('fair__isnull', False)), _connector='OR'), name='spot_check_whole')],
                },
            ),
            migrations.CreateModel(
                name='Subject',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='amends.case')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('case', 'person'), name='one_subject_a_case')],
                },
            ),
            migrations.CreateModel(
                name='SurveyAsked',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(choices=[('delivered', 'delivered'), ('refused', 'refused'), ('closed', 'closed'), ('open', 'open')], max_length=9)),
                    ('since', models.DateTimeField()),
                    ('at', models.DateTimeField()),
                    ('kinds', models.JSONField()),
                    ('severity', models.PositiveSmallIntegerField()),
                    ('policy', models.PositiveIntegerField()),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='amends.case')),
                    ('letter', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey', to='amends.message')),
                    ('reminder', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey_reminder', to='amends.message')),
                ],
                options={
                    'ordering': ['at', 'pk'],
                    'indexes': [models.Index(fields=['at'], name='survey_asked_at')],
                    'constraints': [models.UniqueConstraint(fields=('case', 'why', 'since'), name='survey_once_a_turn'), models.CheckConstraint(condition=models.Q(('since__lte', models.F('at'))), name='survey_asked_after_its_turn')],
                },
            ),
            migrations.CreateModel(
                name='SurveyAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('csat', 'csat'), ('nps', 'nps'), ('ces', 'ces'), ('settled', 'settled'), ('words', 'words')], max_length=7)),
                    ('value', models.PositiveSmallIntegerField(null=True)),
                    ('words', models.TextField(blank=True, default='')),
                    ('reading', models.JSONField(null=True)),
                    ('at', models.DateTimeField()),
                    ('changed_at', models.DateTimeField(null=True)),
                    ('issue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey_answers', to='amends.issue')),
                    ('asked', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='amends.surveyasked')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('issue', None)), fields=('asked', 'kind'), name='one_answer_a_question'), models.UniqueConstraint(condition=models.Q(('issue__isnull', False)), fields=('asked', 'kind', 'issue'), name='one_answer_an_issue'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(models.Q(('kind', 'csat'), ('value__range', (1, 5))), models.Q(('kind', 'nps'), ('value__range', (0, 10))), models.Q(('kind', 'ces'), ('value__range', (1, 7))), models.Q(('kind', 'settled'), ('value__range', (0, 1))), _connector='OR'), ('value__isnull', False), ('words', '')), models.Q(('issue', None), ('kind', 'words'), ('value', None), models.Q(('words', ''), _negated=True)), _connector='OR'), name='survey_answer_in_scale'), models.CheckConstraint(condition=models.Q(('issue', None), ('kind', 'settled'), _connector='OR'), name='only_settled_is_of_an_issue')],
                },
            ),
            migrations.CreateModel(
                name='LowScore',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('due_at', models.DateTimeField()),
                    ('done_at', models.DateTimeField(null=True)),
                    ('words', models.TextField(blank=True, default='')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='low_scores', to='amends.case')),
                    ('asked', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='low_score', to='amends.surveyasked')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by', None), ('done_at', None), ('words', '')), models.Q(('by__isnull', False), ('done_at__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='low_score_answered_whole')],
                },
            ),
            migrations.CreateModel(
                name='SurveyLeftOut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(choices=[('delivered', 'delivered'), ('refused', 'refused'), ('closed', 'closed'), ('open', 'open')], max_length=9)),
                    ('since', models.DateTimeField()),
                    ('at', models.DateTimeField()),
                    ('reason', models.CharField(choices=[('no wish', 'they do not want to be asked'), ('lately', 'they were asked lately'), ('sample', 'not in the sample'), ('hindered', 'no letter could leave by itself in time')], max_length=8)),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys_left_out', to='amends.case')),
                ],
                options={
                    'ordering': ['at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('case', 'why', 'since'), name='survey_left_out_once')],
                },
            ),
            migrations.CreateModel(
                name='SurveyOptOut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('customer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='survey_opt_out', to='amends.customer')),
                ],
            ),
            migrations.CreateModel(
                name='Showing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=8)),
                    ('level', models.CharField(max_length=8)),
                    ('at', models.DateTimeField()),
                    ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='showings', to='amends.message')),
                    ('put_aside', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='showings', to='amends.putaside')),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='amends.team')),
                ],
                options={
                    'ordering': ['pk'],
                    'indexes': [models.Index(fields=['team', 'number', 'level', 'at', 'put_aside'], name='showing_counted')],
                    'constraints': [models.UniqueConstraint(fields=('message', 'number'), name='one_showing_a_letter'), models.CheckConstraint(condition=models.Q(('level__in', ('stop', 'warn', 'hint'))), name='showing_level')],
                },
            ),
            migrations.CreateModel(
                name='Phrase',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('text', models.TextField()),
                    ('at', models.DateTimeField()),
                    ('retired_at', models.DateTimeField(null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phrases', to='amends.team')),
                ],
                options={
                    'ordering': ['name', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='phrase_says_something')],
                },
            ),
            migrations.CreateModel(
                name='CheckRestoration',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=8)),
                    ('at', models.DateTimeField()),
                    ('reason', models.TextField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='amends.team')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='check_restoration_says_why')],
                },
            ),
            migrations.CreateModel(
                name='Telling',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('texts', models.JSONField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='amends.change')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='News',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='news', to='amends.change')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='news', to='amends.customer')),
                    ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='news', to='amends.message')),
                    ('telling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='news', to='amends.telling')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('change', 'customer'), name='told_of_a_change_once')],
                },
            ),
            migrations.CreateModel(
                name='Understanding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('agreed', models.BooleanField()),
                    ('corrections', models.JSONField(default=list)),
                    ('words', models.TextField(blank=True, default='')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='understandings', to='amends.case')),
                ],
                options={
                    'ordering': ['at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Verdict',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('review', models.BooleanField()),
                    ('outcome', models.CharField(max_length=12)),
                    ('snapshot', models.JSONField()),
                    ('found', models.JSONField()),
                    ('linked', models.JSONField()),
                    ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='amends.change')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['worked', 'worse', 'cannot_tell'])), name='verdict_outcome_known'), models.UniqueConstraint(condition=models.Q(('review', True)), fields=('change',), name='one_review_a_change')],
                },
            ),
            migrations.CreateModel(
                name='Proof',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('change', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proof', to='amends.change')),
                    ('verdict', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proof', to='amends.verdict')),
                ],
            ),
            migrations.CreateModel(
                name='WeekTold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('week', models.DateField()),
                    ('group', models.CharField(blank=True, default='', max_length=64)),
                    ('about', models.PositiveIntegerField(null=True)),
                    ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weeks_told', to='amends.team')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('team', 'week'), name='a_week_is_told_once')],
                },
            ),
            migrations.CreateModel(
                name='Withdrawal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('reason', models.TextField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('issue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='amends.issue')),
                    ('wish', models.CharField(choices=[('team', 'the team'), ('customer', 'the customer')], default='team', max_length=8)),
                ],
            ),
        ]),
        migrations.RunPython(LEDGER.refuse_changes, migrations.RunPython.noop),
        migrations.RunPython(first_version, migrations.RunPython.noop),
        migrations.RunPython(REMEDIES.offer_them, migrations.RunPython.noop),
    ]
