from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from toolhub.core.clock import now
from toolhub.core.fields import ExactCharField


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, **fields: Any) -> User:
        """A person who logs in elsewhere, so without a usable password."""
        user = self.model(username=username, **fields)
        user.set_unusable_password()
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, **fields: Any) -> User:
        return self.create_user(username, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A Wikimedia account. Names are up to 255 characters of Unicode, spaces included; case matters."""

    username = ExactCharField(_("User name"), max_length=255, unique=True)
    email = models.EmailField(_("E-mail address"), blank=True)
    is_staff = models.BooleanField(_("May open the admin site"), default=False)
    is_active = models.BooleanField(_("May log in"), default=True)
    date_joined = models.DateTimeField(_("Member since"), default=now)

    is_delegated = False
    """Set on the object when a program that somebody else registered acts for this person, by OAuth."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.username

    @cached_property
    def group_names(self) -> frozenset[str]:
        """The names of the groups one is in, asked once for this object."""
        return frozenset(self.groups.values_list("name", flat=True))


class ApiToken(models.Model):
    """What a person's own programs present as `Authorization: Token`. Looked up by digest; sealed so that the owner
    can be shown it again, as the API always did."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = ExactCharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    sealed = models.CharField(max_length=255)
    prefix = models.CharField(max_length=8)
    scopes = models.CharField(max_length=64, default="read write")
    created_at = models.DateTimeField(default=now)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="apitoken_user_name"),)

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.user_id}"
