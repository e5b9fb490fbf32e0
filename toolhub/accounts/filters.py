"""Query parameters of the lists of people, groups and applications."""

from __future__ import annotations

from toolhub.core.rest.filters import Filters, comparisons, day, number, text

USER_FILTERS: Filters = {
    **comparisons("id", "id", number),
    "groups__id": ("groups__id", number),
    **comparisons("date_joined__date", "date_joined__date", day),
    "username": ("username", text),
    "username__contains": ("username__contains", text),
    "username__startswith": ("username__startswith", text),
    "username__endswith": ("username__endswith", text),
}
USER_ORDERINGS = {"id": "id", "username": "username", "date_joined": "date_joined"}
GROUP_ORDERINGS = {"id": "id", "name": "name"}
APPLICATION_FILTERS: Filters = {"user__username": ("user__username", text)}
APPLICATION_ORDERINGS = {
    "name": "name",
    "redirect_url": "redirect_uris",
    "client_id": "client_id",
    "user": "user__username",
}
AUTHORIZATION_ORDERINGS = {
    "id": "id",
    "application": "application__name",
    "created": "created",
    "updated": "updated",
    "expires": "expires",
}
