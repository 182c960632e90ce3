"""Who may open what: one row an address, and every address has a row."""

import pytest
from django.test import Client

from accounts.models import User
from tests.addresses import Address, addresses
from tests.cast import as_user

PUBLIC = "public"
ANY_ACCOUNT = "any account"

# What a door asks for: nothing (public), an account, or an account whose roles may do the deed.
DOORS = {
    "healthz": PUBLIC,
    "metrics": PUBLIC,
    "robots.txt": PUBLIC,
    ".well-known/security.txt": PUBLIC,
    "konto/": ANY_ACCOUNT,
    "konto/okter/avslutt": ANY_ACCOUNT,
    "konto/send-igjen": ANY_ACCOUNT,
    "konto/sprak": PUBLIC,
    "konto/logg-inn/": PUBLIC,
    "konto/logg-ut/": PUBLIC,
    "konto/inaktiv/": PUBLIC,
    "konto/bekreft/": ANY_ACCOUNT,
    "konto/passord/": ANY_ACCOUNT,
    "konto/glemt-passord": PUBLIC,
    "konto/velg-passord/<str:token>": PUBLIC,
    "konto/totrinn/": ANY_ACCOUNT,
    "konto/totrinn/authenticate/": PUBLIC,
    "konto/totrinn/reauthenticate/": ANY_ACCOUNT,
    "konto/totrinn/totp/activate/": ANY_ACCOUNT,
    "konto/totrinn/totp/deactivate/": ANY_ACCOUNT,
    "konto/totrinn/totp/bytt/": ANY_ACCOUNT,
    "konto/totrinn/recovery-codes/": ANY_ACCOUNT,
    "konto/totrinn/recovery-codes/generate/": ANY_ACCOUNT,
    "konto/totrinn/recovery-codes/download/": ANY_ACCOUNT,
    "konto/totrinn/webauthn/": ANY_ACCOUNT,
    "konto/totrinn/webauthn/add/": ANY_ACCOUNT,
    "konto/totrinn/webauthn/reauthenticate/": ANY_ACCOUNT,
    "konto/totrinn/webauthn/keys/<int:pk>/edit/": ANY_ACCOUNT,
    "konto/totrinn/webauthn/keys/<int:pk>/remove/": ANY_ACCOUNT,
    "kontoer/": "manage-accounts",
    "kontoer/inviter": "manage-accounts",
    "kontoer/praksiser": "manage-accounts",
    "kontoer/praksiser/<int:pk>": "manage-accounts",
    "kontoer/<int:pk>": "manage-accounts",
    "kontoer/<int:pk>/lenke": "manage-accounts",
    "kontoer/<int:pk>/trekk-tilbake": "manage-accounts",
    "kontoer/<int:pk>/fjern-totrinn": "manage-accounts",
    "": PUBLIC,
    "nytt/sett": "assess",
    "retningslinjen": PUBLIC,
    "v/<str:code>": PUBLIC,
    "retningslinjen/endringer": PUBLIC,
    "retningslinjen/endringer/<slug:code>": PUBLIC,
    "retningslinjen/endringer.atom": PUBLIC,
    "retningslinjen/skjema.json": PUBLIC,
    "retningslinjen/gjeldende.json": PUBLIC,
    "retningslinjen/<slug:code>.json": PUBLIC,
    "retningslinjen/<slug:code>": PUBLIC,
    "utgaver": "edit-edition",
    "utgaver/logg": "edit-edition",
    "utgaver/logg.csv": "edit-edition",
    "utgaver/ny": "edit-edition",
    "utgaver/hent-inn": "edit-edition",
    "utgaver/oversettelser": "edit-edition",
    "utgaver/oversettelser/<slug:language>": "edit-edition",
    "utgaver/oversettelser/<slug:language>/setning/<slug:key>": "edit-edition",
    "utgaver/oversettelser/<slug:language>/gjennomgang": "edit-edition",
    "utgaver/oversettelser/<slug:language>/skriv-under": "publish-edition",
    "utgaver/oversettelser/<slug:language>/hold-tilbake": "publish-edition",
    "utgaver/oversettelser/<slug:language>/fil": "edit-edition",
    "utgaver/oversettelser/<slug:language>/<slug:paper>-<slug:drug>.pdf": "edit-edition",
    "utgaver/<slug:code>": "edit-edition",
    "utgaver/<slug:code>/fil": "edit-edition",
    "utgaver/<slug:code>/gjenopprett": "edit-edition",
    "utgaver/<slug:code>/eksempelpasienter": "edit-edition",
    "utgaver/<slug:code>/eksempelpasienter/fil": "edit-edition",
    "utgaver/<slug:code>/eksempelpasienter/hent-inn": "edit-edition",
    "utgaver/<slug:code>/forhandsvis": "edit-edition",
    "utgaver/<slug:code>/forkast": "edit-edition",
    "utgaver/<slug:code>/angre": "edit-edition",
    "utgaver/<slug:code>/godkjenning": "edit-edition",
    "utgaver/<slug:code>/godkjenning/send": "edit-edition",
    "utgaver/<slug:code>/godkjenning/ta-tilbake": "edit-edition",
    "utgaver/<slug:code>/godkjenning/skriv-under": "publish-edition",
    "utgaver/<slug:code>/godkjenning/publiser": "publish-edition",
    "utgaver/<slug:code>/underskrift/<int:pk>": "edit-edition",
    "utgaver/<slug:code>/trekk-tilbake": "publish-edition",
    "utgaver/<slug:code>/endringer": "edit-edition",
    "utgaver/<slug:code>/egenskaper": "edit-edition",
    "utgaver/<slug:code>/<slug:slug>": "edit-edition",
    "utgaver/<slug:code>/<slug:slug>/ny": "edit-edition",
    "utgaver/<slug:code>/<slug:slug>/<slug:key>": "edit-edition",
    "utgaver/<slug:code>/<slug:slug>/<slug:key>/flytt": "edit-edition",
    "utgaver/<slug:code>/<slug:slug>/<slug:key>/ta-ut": "edit-edition",
    "vurdering/ny": "assess",
    "vurdering/<str:code>/sjekk": "assess",
    "vurdering/<str:code>/signer": "assess",
    "vurdering/<str:code>/bekreft": "assess",
    "vurdering/<str:code>/parker": "assess",
    "vurdering/<str:code>/avslutt/<str:end_name>": "assess",
    "vurdering/<str:code>/kopiert": "assess",
    "vurdering/<str:code>/slett": "assess",
    "vurdering/<str:code>/<str:step>": "assess",
    "utkast": "assess",
    "forlop": "see-courses",
    "forlop/finn": "see-course-sheet",
    "forlop/tall": "see-courses",
    "forlop/tall.csv": "see-courses",
    "forlop/<str:code>": "see-courses",
    "forlop/<str:code>/ferdig": "see-courses",
    "forlop/<str:code>/vurder": "assess",
    "forlop/<str:code>/start": "assess",
    "forlop/<str:code>/<int:number>/notat/<str:length>": "see-courses",
    "forlop/<str:code>/<int:number>/kopiert": "see-courses",
    "forlop/<str:code>/<int:number>/ark": "see-course-sheet",
    "forlop/<str:code>/<int:number>/skriv-ut/<str:document>": "see-course-sheet",
    "forlop/<str:code>/<int:number>/<str:document>.<slug:language>.pdf": "see-course-sheet",
    "forlop/<str:code>/<int:number>/<str:document>.pdf": "see-course-sheet",
    "forlop/<str:code>/<int:number>/kalender.ics": "see-courses",
    "tilgangslogg": "see-access-log",
    "tilgangslogg.csv": "see-access-log",
    "utgaver/<str:edition>/ark/<slug:drug>.pdf": "edit-edition",
    "ark/": PUBLIC,
    "ark/informasjon/<slug:drug>-<slug:size>.pdf": PUBLIC,
    "ark/informasjon/<slug:drug>.pdf": PUBLIC,
    "ark/informasjon/<slug:drug>": PUBLIC,
    "ark/informasjon/<slug:drug>/<slug:language>-<slug:size>.pdf": PUBLIC,
    "ark/informasjon/<slug:drug>/<slug:language>.pdf": PUBLIC,
    "ark/informasjon/<slug:drug>/<slug:language>": PUBLIC,
    "ark/<str:paper>.pdf": PUBLIC,
    "kalkulator": PUBLIC,
}
CAST = ("lege", "jordmor", "redaktor", "fagansvarlig", "admin")
HERE = sorted(addresses(), key=lambda address: address.route)
every_address = pytest.mark.parametrize("address", HERE, ids=lambda address: address.route or "(home)")


def door(address: Address) -> str:
    return PUBLIC if address.public else address.deed or ANY_ACCOUNT


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert {address.route: door(address) for address in HERE} == DOORS, (
        "A new address needs a row in DOORS here; a view behind the login needs @may(deed), "
        "and one that is public @login_not_required."
    )


@every_address
def test_what_is_not_public_sends_the_public_to_the_login(address: Address, client: Client, db: None) -> None:
    answers = [client.get(address.example), client.post(address.example)]

    sent = [response.headers.get("Location", "").startswith("/konto/logg-inn/?next=") for response in answers]
    assert all(sent) if not address.public else not any(sent)


@every_address
@pytest.mark.parametrize("username", CAST)
def test_a_door_opens_for_those_who_may_and_for_no_other(address: Address, username: str, db: None) -> None:
    user = User.objects.get(username=username)
    client = as_user(user)
    answers = {client.get(address.example).status_code, client.post(address.example).status_code}

    if address.deed is None or user.may(address.deed):
        assert 403 not in answers
    else:
        assert answers <= {403, 405}
