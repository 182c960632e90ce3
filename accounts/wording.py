"""What the roles are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from accounts.roles import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ROLE_NAMES: Mapping[Role, StrPromise] = MappingProxyType(
    {
        Role.PRESCRIBER: gettext_lazy("Lege"),
        Role.MIDWIFE: gettext_lazy("Jordmor eller helsesykepleier"),
        Role.EDITOR: gettext_lazy("Redaktør"),
        Role.APPROVER: gettext_lazy("Fagansvarlig"),
        Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    }
)
