from django.urls import path

from prescribing.views import courses, drafts, ends, home, steps

app_name = "prescribing"
urlpatterns = [
    path("", home.home, name="home"),
    # one assessment
    path("vurdering/ny", steps.new_assessment, name="new_assessment"),
    path("vurdering/<str:code>/sjekk", ends.check_answers, name="check"),
    path("vurdering/<str:code>/signer", ends.sign_prescription, name="sign_prescription"),
    path("vurdering/<str:code>/bekreft", ends.confirm, name="confirm"),
    path("vurdering/<str:code>/parker", ends.park, name="park"),
    path("vurdering/<str:code>/avslutt/<str:end_name>", ends.end, name="end"),
    path("vurdering/<str:code>/slett", drafts.discard_draft, name="discard_draft"),
    path("vurdering/<str:code>/<str:step>", steps.answer_step, name="step"),
    path("utkast", drafts.drafts, name="drafts"),
    # signed courses
    path("forlop", courses.courses, name="courses"),
    path("forlop/finn", courses.find_course, name="find_course"),
    path("forlop/<str:code>", courses.course, name="course"),
    path("forlop/<str:code>/ferdig", courses.done, name="done"),
    path("forlop/<str:code>/<int:number>/notat/<str:length>", courses.note, name="note"),
    # for anybody
]
