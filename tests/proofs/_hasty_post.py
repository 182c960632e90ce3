"""The application with a hole: who has forgotten their password is looked up, and written to, before the answer."""

from importlib import import_module

from config.wsgi import application

links = import_module("accounts.views.links")  # when the application stands
links.later = lambda deed: deed()

__all__ = ["application"]
