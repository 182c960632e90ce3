"""Every setting, read once from the environment; with DEBUG off nothing starts on defaults."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.environment import DEMONSTRATION_KEY, complaints
from config.secret_files import SecretFileUnread, read_secret_files

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")
try:
    read_secret_files(os.environ)
except SecretFileUnread as unread:
    raise ImproperlyConfigured(f"Melkeveien does not start: {unread}") from None

# --- What the environment says -------------------------------------------------------------------

DEBUG: bool = env.bool("DEBUG", default=False)

if wrong := complaints(os.environ):
    raise ImproperlyConfigured(
        "\n- ".join(["Melkeveien does not start. Set what is missing (README, 'Settings'):", *wrong])
    )

SECRET_KEY: str = env.str("SECRET_KEY", default=DEMONSTRATION_KEY)
# Older keys, while something that was signed or sealed with them is still to be read.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# The demonstration has known passwords and a banner on every page. It exists only with DEBUG on.
DEMONSTRATION: bool = DEBUG and env.bool("DEMONSTRATION", default=True)

# The site's public address, such as https://melkeveien.example; the QR code is printed only where it is set.
SITE_ADDRESS: str = env.str("SITE_ADDRESS", default="").rstrip("/")

# Whether a proxy before us ends TLS and says so; without one, nothing that a client says of itself is believed.
BEHIND_TLS_PROXY: bool = env.bool("BEHIND_TLS_PROXY", default=False)
# Off only on a closed network where TLS ends elsewhere; the cookies then travel unguarded.
HTTPS: bool = env.bool("HTTPS", default=not DEBUG)

# How the program's log is written, and to whom its figures are given; whom to tell of a hole.
LOG_FORMAT: str = env.str("LOG_FORMAT", default="text")
METRICS: bool = env.bool("METRICS", default=False)
METRICS_TOKEN: str = env.str("METRICS_TOKEN", default="")
SECURITY_CONTACT: str = env.str("SECURITY_CONTACT", default="")

# --- The house -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "accounts.apps.AccountsConfig",
    "guidance.apps.GuidanceConfig",
    "prescribing.apps.PrescribingConfig",
    "designsystemet",  # our template pack for crispy_forms
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "crispy_forms",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "config.carry_headers.carry_headers",  # outside all that may answer
    "config.request_id.request_id",
    "django.middleware.security.SecurityMiddleware",
    "config.carry_headers.ContentPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.request_line.request_line",
    "config.database_away.DatabaseAwayPage",  # outside all that asks the database
    "config.no_demonstration.NoDemonstration",
    "config.no_store.no_cookies_on_what_is_same_for_all",
    "config.database_away.Sessions",
    "django.middleware.common.CommonMiddleware",
    "config.body_size.BodySize",  # before the token is read out of the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.run_out",  # before whatever asks who is logged in
    "accounts.language.speak",  # before whatever may answer with a page
    "accounts.kept_typing.remember_who",
    "accounts.kept_typing.LoginRequired",
    "config.no_store.no_store_behind_login",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.second_factor_wall.SecondFactorWall",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.no_edition.NoEditionPage",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # and cached, with DEBUG on as well: uncached, a form page costs 20 times as much
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.access.deeds",
                "accounts.second_factor_wall.notice",
                "config.context.site",
                "config.context.edition",
            ],
        },
    }
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "designsystemet"
CRISPY_TEMPLATE_PACK = "designsystemet"
CRISPY_FAIL_SILENTLY = False

# --- Where data is kept --------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'melkeveien.sqlite3'}")
}
database = DATABASES["default"]
database["ATOMIC_REQUESTS"] = False
if database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: with Django's default, 767 of 1,000 saves from 50 clients met "database is locked". EXTRA with the
    # rollback journal: no acknowledged save is lost at power loss. Not WAL: Debian 12's SQLite can corrupt it.
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON;",
    }
else:
    # A pool in the process, so no CONN_MAX_AGE beside it. It is as large as the server has threads, so that one who
    # waits, waits for the database: not long, and a connection that has died meanwhile is given to nobody. Who waits
    # for a lock gives up as with SQLite: else somebody's forgotten psql would hold every thread for ever.
    database["OPTIONS"] = {
        "connect_timeout": 3,
        "options": "-c lock_timeout=20s",
        **database.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": 8, "timeout": 4, "reconnect_timeout": 3},
    }
    database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"] = 0, True

# What all processes must agree on lies in the database: used codes, and how often somebody has tried. In each process's
# own memory lies only what is made anew from content of which the hash is the key, and so can never be out of date.
CACHES = {
    "default": {
        "BACKEND": "config.plain_cache.PlainDatabaseCache",
        "LOCATION": "cached",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "in_this_process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"  # one that was ended is ended in every process at once
SESSION_IDLE_MINUTES: int = env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_HOURS: int = env.int("SESSION_HOURS", default=10)  # however busy; then the password is asked for anew
SESSION_COOKIE_AGE = int(timedelta(hours=SESSION_HOURS).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Where `manage.py backup` puts its files; 32 random bytes in base64 encrypt them.
BACKUP_FOLDER: str = env.str("BACKUP_FOLDER", default=str(BASE_DIR / "var" / "backup"))
BACKUP_KEY: str = env.str("BACKUP_KEY", default="")

# How long `manage.py retention` leaves what has ended. The law of the place says how long the log is kept.
COURSES_KEPT_MONTHS: int = env.int("COURSES_KEPT_MONTHS", default=12)
LOG_KEPT_YEARS: int | None = env.int("LOG_KEPT_YEARS", default=None)

# --- Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk")]  # the pages', by the user's choice, never by the browser's
LOCALE_PATHS = [
    BASE_DIR / "config" / "locale"
]  # the code speaks bokmål; `make messages` gathers what it says
LANGUAGE_COOKIE_NAME = "__Host-sprak" if HTTPS else "sprak"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY = HTTPS, True
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

# --- Static files --------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nobody uploads anything
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our pages alone use them
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# --- Accounts ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked-out pair is refused before the password is looked at
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.NotAboutHere"},
]
# The demonstration's accounts are everybody's: no second factor is asked of them, and no session ends for another.
SECOND_FACTOR_REQUIRED: bool = not DEMONSTRATION
SECOND_FACTOR_GRACE_DAYS: int = env.int("SECOND_FACTOR_GRACE_DAYS", default=14)
SESSIONS_PER_ACCOUNT: int = env.int("SESSIONS_PER_ACCOUNT", default=0 if DEMONSTRATION else 5)  # 0: no limit
# The organisation's own login, by OpenID Connect; no server named, and there is none.
OIDC_SERVER: str = env.str("OIDC_SERVER", default="").rstrip("/")
OIDC_NAME: str = env.str("OIDC_NAME", default="organisasjonen")
OIDC_USERNAME_CLAIM: str = env.str("OIDC_USERNAME_CLAIM", default="preferred_username")
OIDC_SECOND_FACTOR: bool = env.bool("OIDC_SECOND_FACTOR", default=False)
SOCIALACCOUNT_ADAPTER = "accounts.organisation.OrganisationAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that is sent may lead to nobody but ourselves (form-action)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisasjon",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", default=""),
                "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # there is no sign-up; allauth wants the fields named
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
}  # axes counts failures, a user and an address at a time
ACCOUNT_USERNAME_MIN_LENGTH = 3
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by an administrator, who verifies no e-mail
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "authenticate": "accounts.forms.second_factor.CodeForm",
    "reauthenticate": "accounts.forms.second_factor.CodeAgainForm",
    "activate_totp": "accounts.forms.second_factor.AppForm",
    "add_webauthn": "accounts.forms.second_factor.NewPasskeyForm",
    "edit_webauthn": "accounts.forms.second_factor.RenamePasskeyForm",
    "authenticate_webauthn": "accounts.forms.second_factor.PasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.second_factor.PasskeyAgainForm",
}
MFA_TOTP_ISSUER = "Melkeveien"

AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # an address alone would lock out a whole practice
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "accounts.lockout.fingerprint"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.subscriber"
AXES_SENSITIVE_PARAMETERS = [
    "login",
    "password",
    "oldpassword",
    "password1",
    "password2",
    "code",
    "credential",
]
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_HANDLER = "accounts.lockout.FailureCounter"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

# --- What travels --------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],  # the design system's icons are data: images
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
LAST_HERE_COOKIE_NAME = "__Host-sist-her" if HTTPS else "sist-her"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.faults.csrf_failure"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"

DATA_UPLOAD_MAX_MEMORY_SIZE = (
    3_000_000  # for an edition that is pasted; config.body_size holds the rest to 256 kB
)
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE  # no file is ever written down
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Where links to passwords are mailed, such as smtp+tls://user:password@host:587; without it they are shown once.
MAIL_IS_SENT: bool = bool(env.str("EMAIL_URL", default=""))
vars().update(env.email_url_config(env.str("EMAIL_URL", default="") or "dummymail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL: str = env.str(
    "EMAIL_FROM", default=f"melkeveien@{urlsplit(SITE_ADDRESS).hostname or 'localhost'}"
)

# --- Logging -------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "config.quiet_log.QuietFormatter"},
        "json": {"()": "config.quiet_log.JsonFormatter"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT},
        "nowhere": {"class": "logging.NullHandler"},  # with no handler at all, Python writes to stderr itself
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "melkeveien.request": {"level": "INFO"},
        "django.request": {"level": "ERROR"},  # a refused address may hold what somebody typed
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "django.security.csrf": {"handlers": ["nowhere"], "propagate": False},
    },
}
