"""The map of the site."""

from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("konto/", include("accounts.login_urls")),
    path("kontoer/", include("accounts.urls")),
    path("", include("guidance.urls")),
    path("", include("prescribing.urls")),
]
