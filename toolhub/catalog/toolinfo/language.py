"""Language codes as Wikimedia writes them, which is not quite BCP 47.

langcodes knows every registered two- and three-letter language, so those need no list here. The
tables hold what it would refuse (`simple`, `roa-tara`), misread (`als` is Alemannic here and Tosk
Albanian there; `mo` and `sh` would be rewritten), and the codes with a variant that MediaWiki has
a localisation for; any other variant falls back to its parent, `en-us` to `en`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import langcodes

# Bare codes in use on Wikimedia that must survive as they are.
_KEPT: Final = frozenset({"als", "bh", "eml", "mo", "nah", "nrm", "sh", "simple", "tl"})

_VARIANTS: Final = """
    ady-cyrl ady-latn aeb-arab aeb-latn ajp-arab ajp-latn ary-arab ary-latn az-arab az-cyrl
    az-latn ban-bali bat-smg bbc-batk bbc-latn be-tarask be-x-old cbk-zam cdo-hani cdo-latn
    cjy-hans cjy-hant cnr-cyrl cnr-latn cr-cans cr-latn crh-cyrl crh-latn crh-ro de-at de-ch
    de-formal en-ca en-gb en-simple es-419 es-formal es-ni fiu-vro gan-hans gan-hant gom-deva
    gom-latn ha-arab ha-latn hak-hans hak-hant hif-deva hif-latn hu-formal ike-cans ike-latn
    jdt-cyrl jv-java kbd-cyrl kbd-latn kk-arab kk-cn kk-cyrl kk-kz kk-latn kk-tr ko-kp ks-arab
    ks-deva ku-arab ku-latn lad-hebr lad-latn map-bms mn-cyrl mn-mong mni-beng ms-arab mww-latn
    nan-hani nan-hans nan-hant nan-latn nds-nl nl-informal pa-guru pap-aw pt-br rmy-cyrl roa-rup
    roa-tara ruq-cyrl ruq-grek ruq-latn sat-beng sat-latn sat-orya sh-cyrl sh-latn shi-latn
    shi-tfng shy-latn sr-cyrl sr-ec sr-el sr-latn tg-cyrl tg-latn tly-cyrl tt-cyrl tt-latn
    ug-arab ug-cyrl ug-latn uz-cyrl uz-latn vmf-latn wuu-hans wuu-hant yue-hans yue-hant
    zgh-latn zh-classical zh-cn zh-hans zh-hant zh-hk zh-min-nan zh-mo zh-my zh-sg zh-tw zh-yue
"""
_WITH_VARIANT: Final = frozenset(_VARIANTS.split())
# Withdrawn codes that software still sends (Java wrote iw, in and ji for decades).
_RENAMED: Final = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv"}
_SHAPE: Final = re.compile(r"[a-z]{2,6}(-[a-z0-9]{1,9})*")
# Registered, but names no one language: uncoded, several, undetermined, no linguistic content.
_NO_LANGUAGE: Final = frozenset({"mis", "mul", "und", "zxx"})


@lru_cache(maxsize=4096)
def normalise_language(code: str) -> str | None:
    """The Wikimedia code meant by `code`, its nearest known parent, or None when nothing fits."""
    candidate = code.strip().lower().replace("_", "-")
    if len(candidate) > 35 or not _SHAPE.fullmatch(candidate):
        return None
    while candidate:
        if known := _known(candidate):
            return known
        candidate = candidate.rpartition("-")[0]
    return None


def _known(code: str) -> str | None:
    if code in _KEPT or code in _WITH_VARIANT:
        return code
    if "-" in code or len(code) > 3 or code in _NO_LANGUAGE or "qaa" <= code <= "qtz":
        return None
    if code in _RENAMED:
        return _RENAMED[code]
    if not langcodes.tag_is_valid(code):
        return None
    short = langcodes.standardize_tag(code)
    # ISO 639-2 and -3 spellings of a language that has a two-letter code: deu is de.
    return str(short) if len(code) == 3 and len(short) == 2 else code
