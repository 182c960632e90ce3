"""The map of the site."""

from django.urls import include, path

from config.health import healthz
from config.metrics import metrics
from config.well_known import robots, security

handler404 = "config.faults.page_not_found"
handler500 = "config.faults.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security, name="security"),
    path("konto/", include("accounts.login_urls")),
    path("kontoer/", include("accounts.urls")),
    path("", include("guidance.urls")),
    path("", include("prescribing.urls")),
]
