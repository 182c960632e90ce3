"""The addresses of the guideline: to read, and to edit."""

from django.urls import path

from guidance.views import reading

app_name = "guidance"
urlpatterns = [
    path("retningslinjen", reading.guideline, name="guideline"),
    path("retningslinjen/<slug:code>", reading.edition_text, name="edition_text"),
]
