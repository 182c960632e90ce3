"""The addresses of the guideline: to read, and to edit."""

from django.urls import path

from guidance.views import (
    change_feed,
    change_log,
    comparing,
    edit_log,
    editions,
    files,
    open_content,
    parts,
    publishing,
    reading,
    sheet_in_force,
    translations,
    vignettes,
)

app_name = "guidance"
urlpatterns = [
    # for anybody
    path("retningslinjen", reading.guideline, name="guideline"),
    path("v/<str:code>", sheet_in_force.sheet_in_force, name="sheet_in_force"),
    path("retningslinjen/endringer", change_log.change_log, name="change_log"),
    path("retningslinjen/endringer/<slug:code>", change_log.edition_changes, name="edition_changes"),
    path("retningslinjen/endringer.atom", change_feed.change_feed, name="change_feed"),
    path("retningslinjen/skjema.json", open_content.edition_schema, name="edition_schema"),
    path(
        "retningslinjen/gjeldende.json",
        open_content.edition_in_force_as_json,
        name="edition_in_force_as_json",
    ),
    path("retningslinjen/<slug:code>.json", open_content.edition_as_json, name="edition_as_json"),
    path("retningslinjen/<slug:code>", reading.edition_text, name="edition_text"),
    # for those who edit
    path("utgaver", editions.editions, name="editions"),
    path("utgaver/logg", edit_log.edit_log, name="edit_log"),
    path("utgaver/logg.csv", edit_log.edit_log_file, name="edit_log_file"),
    path("utgaver/ny", editions.new_edition, name="new_edition"),
    path("utgaver/hent-inn", files.import_edition, name="import_edition"),
    path("utgaver/oversettelser", translations.translations, name="translations"),
    path("utgaver/oversettelser/<slug:language>", translations.translation, name="translation"),
    path(
        "utgaver/oversettelser/<slug:language>/setning/<slug:key>",
        translations.edit_sentence,
        name="edit_sentence",
    ),
    path(
        "utgaver/oversettelser/<slug:language>/gjennomgang",
        translations.review_translation,
        name="review_translation",
    ),
    path(
        "utgaver/oversettelser/<slug:language>/skriv-under",
        translations.sign_translation,
        name="sign_translation",
    ),
    path(
        "utgaver/oversettelser/<slug:language>/hold-tilbake",
        translations.withhold,
        name="withhold_translation",
    ),
    path(
        "utgaver/oversettelser/<slug:language>/fil",
        translations.translation_as_file,
        name="translation_as_file",
    ),
    path("utgaver/<slug:code>", editions.edition, name="edition"),
    path("utgaver/<slug:code>/fil", files.edition_as_file, name="edition_as_file"),
    path("utgaver/<slug:code>/gjenopprett", editions.restore_edition, name="restore_edition"),
    path("utgaver/<slug:code>/eksempelpasienter", vignettes.vignettes, name="vignettes"),
    path("utgaver/<slug:code>/eksempelpasienter/fil", vignettes.vignettes_as_file, name="vignettes_as_file"),
    path(
        "utgaver/<slug:code>/eksempelpasienter/hent-inn",
        vignettes.take_in_vignettes,
        name="take_in_vignettes",
    ),
    path("utgaver/<slug:code>/forhandsvis", editions.preview_edition, name="preview_edition"),
    path("utgaver/<slug:code>/forkast", editions.discard_edition, name="discard_edition"),
    path("utgaver/<slug:code>/angre", editions.undo_change, name="undo_change"),
    path("utgaver/<slug:code>/godkjenning", publishing.review_edition, name="review_edition"),
    path("utgaver/<slug:code>/godkjenning/send", publishing.submit_edition, name="submit_edition"),
    path("utgaver/<slug:code>/godkjenning/ta-tilbake", publishing.recall_edition, name="recall_edition"),
    path("utgaver/<slug:code>/godkjenning/skriv-under", publishing.sign_edition, name="sign_edition"),
    path("utgaver/<slug:code>/godkjenning/publiser", publishing.publish_edition, name="publish_edition"),
    path("utgaver/<slug:code>/underskrift/<int:pk>", publishing.signature, name="signature"),
    path("utgaver/<slug:code>/trekk-tilbake", publishing.withdraw_edition, name="withdraw_edition"),
    path("utgaver/<slug:code>/endringer", comparing.what_changes, name="what_changes"),
    path("utgaver/<slug:code>/egenskaper", parts.edit_edition, name="edit_edition"),
    path("utgaver/<slug:code>/<slug:slug>", parts.parts, name="parts"),
    path("utgaver/<slug:code>/<slug:slug>/ny", parts.add_part, name="add_part"),
    path("utgaver/<slug:code>/<slug:slug>/<slug:key>", parts.edit_part, name="edit_part"),
    path("utgaver/<slug:code>/<slug:slug>/<slug:key>/flytt", parts.move_part, name="move_part"),
    path("utgaver/<slug:code>/<slug:slug>/<slug:key>/ta-ut", parts.retire_part, name="retire_part"),
]
