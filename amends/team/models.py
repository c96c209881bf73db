"""Users with a role, and the teams they work in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from amends.team.permissions import Right, Role, holds


class Team(models.Model):
    """People who work the same queue and sign with the same name."""

    name = models.CharField(max_length=80, unique=True)
    signature = models.TextField(default="", blank=True)
    calendar = models.JSONField(default=dict, blank=True)
    profile = models.CharField(max_length=20, default="own")

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["User"]):
    """Finding and making users."""

    def get_queryset(self) -> "models.QuerySet[User]":
        """Users, each with the team whose hours and cases are theirs."""
        return super().get_queryset().select_related("team")

    def create_user(self, username: str, password: str, *, name: str, role: Role, team: Team) -> "User":
        """A new user who can sign in with this password."""
        user = self.model(username=username, name=name, role=role, team=team)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person of the team: what they may do follows from their role, whom they see from their team."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    email = models.EmailField(default="", blank=True)
    role = models.CharField(max_length=10, choices=[(role.value, role.name.title()) for role in Role])
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    letter_keys = models.BooleanField(default=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="user_role_known")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """The name a colleague calls."""
        return self.name.split()[0]

    def can(self, right: Right) -> bool:
        """Whether this person's role carries the right."""
        return self.is_active and holds(Role(self.role), right)


def colleagues(user: User) -> "models.QuerySet[User]":
    """The active people of the same team, by name: who may look after a promise of theirs."""
    return User.objects.filter(is_active=True, team_id=user.team_id).order_by("name", "pk")
