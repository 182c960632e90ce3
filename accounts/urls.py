"""Where an administrator keeps the accounts."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("ny", views.make_account, name="make_account"),
    path("<int:pk>", views.change_account, name="change_account"),
]
