"""Where each page about one woman's treatment is, and each public sheet."""

from django.urls import path

from prescribing.views import (
    access_log,
    calendar_files,
    copies,
    courses,
    drafts,
    ends,
    figures,
    home,
    papers,
    previews,
    public,
    steps,
    turns,
)

app_name = "prescribing"
urlpatterns = [
    path("", home.home, name="home"),
    path("nytt/sett", home.seen_news, name="seen_news"),
    # one assessment
    path("vurdering/ny", steps.new_assessment, name="new_assessment"),
    path("vurdering/<str:code>/sjekk", ends.check_answers, name="check"),
    path("vurdering/<str:code>/signer", ends.sign_prescription, name="sign_prescription"),
    path("vurdering/<str:code>/bekreft", ends.confirm, name="confirm"),
    path("vurdering/<str:code>/parker", ends.park, name="park"),
    path("vurdering/<str:code>/avslutt/<str:end_name>", ends.end, name="end"),
    path("vurdering/<str:code>/kopiert", copies.copied_line, name="copied_line"),
    path("vurdering/<str:code>/slett", drafts.discard_draft, name="discard_draft"),
    path("vurdering/<str:code>/<str:step>", steps.answer_step, name="step"),
    path("utkast", drafts.drafts, name="drafts"),
    # signed courses
    path("forlop", courses.courses, name="courses"),
    path("forlop/finn", courses.find_course, name="find_course"),
    path("forlop/tall", figures.practice_figures, name="practice_figures"),
    path("forlop/tall.csv", figures.practice_figures_file, name="practice_figures_file"),
    path("forlop/<str:code>", courses.course, name="course"),
    path("forlop/<str:code>/ferdig", courses.done, name="done"),
    path("forlop/<str:code>/vurder", turns.review_effect, name="review_effect"),
    path("forlop/<str:code>/start", turns.report_start, name="report_start"),
    path("forlop/<str:code>/<int:number>/notat/<str:length>", courses.note, name="note"),
    path("forlop/<str:code>/<int:number>/kopiert", copies.copied, name="copied"),
    path("forlop/<str:code>/<int:number>/ark", papers.sheet, name="sheet"),
    path("forlop/<str:code>/<int:number>/skriv-ut/<str:document>", papers.print_paper, name="print_paper"),
    path(
        "forlop/<str:code>/<int:number>/<str:document>.<slug:language>.pdf", papers.printed, name="printed_in"
    ),
    path("forlop/<str:code>/<int:number>/<str:document>.pdf", papers.printed, name="printed"),
    path("forlop/<str:code>/<int:number>/kalender.ics", calendar_files.calendar, name="calendar"),
    # for those who keep the accounts
    path("tilgangslogg", access_log.access_log, name="access_log"),
    path("tilgangslogg.csv", access_log.access_log_file, name="access_log_file"),
    # for those who edit
    path("utgaver/<str:edition>/ark/<slug:drug>.pdf", previews.preview_sheet, name="preview_sheet"),
    path(
        "utgaver/oversettelser/<slug:language>/<slug:paper>-<slug:drug>.pdf",
        previews.preview_translation,
        name="preview_translation",
    ),
    # for anybody
    path("ark/", public.sheets, name="sheets"),
    path(
        "ark/informasjon/<slug:drug>-<slug:size>.pdf",
        public.information_sheet_pdf,
        name="information_sheet_large_pdf",
    ),
    path("ark/informasjon/<slug:drug>.pdf", public.information_sheet_pdf, name="information_sheet_pdf"),
    path("ark/informasjon/<slug:drug>", public.information_sheet, name="information_sheet"),
    path(
        "ark/informasjon/<slug:drug>/<slug:language>-<slug:size>.pdf",
        public.information_sheet_pdf,
        name="translated_information_sheet_large_pdf",
    ),
    path(
        "ark/informasjon/<slug:drug>/<slug:language>.pdf",
        public.information_sheet_pdf,
        name="translated_information_sheet_pdf",
    ),
    path(
        "ark/informasjon/<slug:drug>/<slug:language>",
        public.information_sheet,
        name="translated_information_sheet",
    ),
    path("ark/<str:paper>.pdf", public.public_paper, name="public_paper"),
    path("kalkulator", public.calculator, name="calculator"),
]
