"""Who may open what: one row an address, and every address has a row. `tests/test_access_matrix.py` opens them."""

from tests.addresses import Address, addresses
from tests.doors import ANY_ACCOUNT, DOORS, PUBLIC

HERE = sorted(addresses(), key=lambda address: address.route)


def door(address: Address) -> str:
    return PUBLIC if address.public else address.deed or ANY_ACCOUNT


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert {address.route: door(address) for address in HERE} == DOORS, (
        "A new address needs a row in tests/doors.py; a view behind the login needs @may(deed), "
        "and one that is public @login_not_required."
    )
