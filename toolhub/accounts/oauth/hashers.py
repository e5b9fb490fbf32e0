from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class RandomSecretHasher(PBKDF2PasswordHasher):
    """For secrets of many random characters: nobody can try them all, so stretching would only slow us down."""

    algorithm = "pbkdf2_sha256_random"
    iterations = 1000
