"""What can be done to accounts, and to the keys that open them."""

from accounts.actions.keeping import (
    ChangedMeanwhile,
    NotYours,
    ShutOutError,
    change_account,
    change_practice,
    drop_second_factor,
    facts_of,
    make_account,
)
from accounts.actions.links import (
    NewLink,
    choose_password,
    forgot,
    invite,
    make_first_link,
    make_link,
    withdraw_links,
)
from accounts.actions.own import choose_language, end_other_sessions

__all__ = [
    "ChangedMeanwhile",
    "NewLink",
    "NotYours",
    "ShutOutError",
    "change_account",
    "change_practice",
    "choose_language",
    "choose_password",
    "drop_second_factor",
    "end_other_sessions",
    "facts_of",
    "forgot",
    "invite",
    "make_account",
    "make_first_link",
    "make_link",
    "withdraw_links",
]
