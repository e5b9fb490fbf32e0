"""Text that only this installation can read again: encrypted with a key made from SECRET_KEY."""

from __future__ import annotations

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(text: str) -> str:
    return (
        _box((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)).encrypt(text.encode()).decode()
    )


def unseal(sealed: str) -> str | None:
    """The text, or None when it was sealed under a key that is no longer known."""
    try:
        box = _box((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
        return box.decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


@lru_cache(maxsize=4)
def _box(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in secrets])


def _fernet(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"toolhub sealed text")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
