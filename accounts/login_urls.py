"""Where somebody logs in and out. allauth's names, our addresses; what we do not use is not mounted."""

from allauth.account import views as allauth_views
from django.urls import include, path

from accounts import views

urlpatterns = [
    path("", views.my_account, name="my_account"),
    path("send-igjen", views.send_again, name="send_again"),
    path("sprak", views.choose_language, name="choose_language"),
    path("logg-inn/", allauth_views.login, name="account_login"),
    path("logg-ut/", allauth_views.logout, name="account_logout"),
    path("inaktiv/", allauth_views.account_inactive, name="account_inactive"),
    path("bekreft/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("passord/", allauth_views.password_change, name="account_change_password"),
    path("totrinn/", include("allauth.mfa.urls")),
]
