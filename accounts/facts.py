"""What is said of an account when it is made or changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from accounts.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """Everything but the user name. `practice` is a name, "" for none.

    `password` is the first one of an account that is made from the command line; "" leaves it to a link.
    """

    display_name: str
    practice: str
    roles: frozenset[Role]
    email: str = ""
    is_open: bool = True
    password: str = ""

    @property
    def mark(self) -> str:
        """Sixteen hexadecimal digits that change when one of the facts does; the password is none of them."""
        said = (self.display_name, self.practice, sorted(self.roles), self.email, self.is_open)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
