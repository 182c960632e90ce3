"""What is said of an account when it is made or changed."""

from dataclasses import dataclass

from accounts.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """Everything but the user name. `practice` is a name, "" for none; `password` "" leaves the one there is."""

    display_name: str
    practice: str
    roles: frozenset[Role]
    is_open: bool = True
    password: str = ""
