"""Where an administrator keeps the accounts."""

from django.urls import path

from accounts.views import keeping

app_name = "accounts"
urlpatterns = [
    path("", keeping.accounts, name="accounts"),
    path("inviter", keeping.invite, name="invite"),
    path("praksiser", keeping.practices, name="practices"),
    path("praksiser/<int:pk>", keeping.change_practice, name="change_practice"),
    path("<int:pk>", keeping.change_account, name="change_account"),
    path("<int:pk>/lenke", keeping.make_link, name="make_link"),
    path("<int:pk>/trekk-tilbake", keeping.withdraw_links, name="withdraw_links"),
    path("<int:pk>/fjern-totrinn", keeping.drop_second_factor, name="drop_second_factor"),
]
