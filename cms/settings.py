"""Every setting of Misto, read from the environment. docs/operations.md explains each of them in one table."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from cms.content.languages import name_of
from cms.environment import Environment, database, email, in_the_process, redis, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# Where things live --------------------------------------------------------------------------------------------------

DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)  # SQLite makes its file, but not the folder around it
except OSError as error:
    sys.exit(f"Misto cannot start: DATA_DIR {DATA_DIR} cannot be made ({error.strerror}).")

# Absolute addresses begin with it, never with what a request calls this host.
PUBLIC_URL = env.origin("PUBLIC_URL", f"http://localhost:{env.number('PORT', 8000, least=1)}")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or "localhost"
IS_ENCRYPTED = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [PUBLIC_HOST, "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# Secrets and modes --------------------------------------------------------------------------------------------------

SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")  # allows demo accounts, whose passwords are printed

# Database, cache, background work, mail ------------------------------------------------------------------------------

DATABASES = {
    "default": env.address(
        "DATABASE_URL", database, ["postgres", "postgresql", "sqlite"], sqlite(DATA_DIR / "misto.sqlite3")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# No ATOMIC_REQUESTS: with IMMEDIATE every GET would take SQLite's write lock. cms.desk.transactions does it instead.

CACHES = {"default": env.address("CACHE_URL", redis, ["redis", "rediss"], in_the_process())}

_TASK_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS = {"default": {"BACKEND": _TASK_BACKENDS[env.choice("TASKS", _TASK_BACKENDS, "immediate")]}}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", f"Misto <misto@{PUBLIC_HOST}>")
_MAIL = env.address("EMAIL_URL", email, ["smtp", "smtps", "consolemail", "filemail"], email("consolemail://"))
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
EMAIL_HOST = _MAIL.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _MAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_FILE_PATH = _MAIL.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 10

# The application ----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "cms.demo",
    "cms.desk",
    "cms.api",
    "cms.publications",
    "cms.translation",
    "home",
    "news",
    "partners",
    "cms.content",
    "wagtail_localize",
    "wagtail.locales",  # Wagtail's own: localize's version only adds the synchronisation that we do not want
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.api.middleware.TraceMiddleware",
    "cms.api.middleware.LeanMiddleware",
    "cms.api.middleware.ProblemsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.api.middleware.PolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.desk.admin_pages.AdminPagesMiddleware",  # session, user, messages, language, transaction: where people sign in
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
APPEND_SLASH = False  # the API's addresses have none, and one spelling of an address is enough

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTHENTICATION_BACKENDS = ["cms.demo.sign_in.AccountsOfThisHub"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
]

# Languages ----------------------------------------------------------------------------------------------------------

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]  # ours, and what Wagtail leaves in English
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("sv", "Svenska"), ("uk", "Українська"), ("fi", "Suomi")]
_SPOKEN = dict(WAGTAILADMIN_PERMITTED_LANGUAGES)
# In which the hub publishes, the first of them first; a hub may be given more, and loses none that it has texts in.
_PUBLISHED = env.languages("LANGUAGES", ["sv", "uk", "fi", "en"], spoken=_SPOKEN)
_NAMES = {"sv": _("Swedish"), "uk": _("Ukrainian"), "fi": _("Finnish"), "en": _("English")}
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [(code, _NAMES[code] if code in _NAMES else name_of(code)) for code in _PUBLISHED]
LANGUAGES = [*WAGTAILADMIN_PERMITTED_LANGUAGES, *((code, name_of(code)) for code in _PUBLISHED if code not in _SPOKEN)]
# In which the admin speaks to whoever asks for none: Wagtail wants it to be among those that the hub publishes in.
_FIRST = ["en", *(code.partition("-")[0] for code in _PUBLISHED)]
LANGUAGE_CODE = next(code for code in _FIRST if code in _SPOKEN and code in _FIRST[1:])

# Files --------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
_STATIC_FILES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
if DEMO:  # compressing takes most of a minute, and whoever tries a demo is not far away
    _STATIC_FILES = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
if DEBUG:
    _STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_FILES},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long article's form has more than Django's thousand

# Wagtail ------------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Misto"
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""  # an address given for a link would be answered with the title of a draft
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_USER_LOGIN_FORM = "cms.desk.sign_in.SignInForm"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Database search updates one shared table inside every save, which deadlocks on PostgreSQL: we index after the commit.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}

WAGTAILIMAGES_IMAGE_MODEL = "content.ContentImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.content.image_forms.ImageForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000  # Wagtail's 128 million cost 1.9 GiB for a picture of 210 kB
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "content.ContentDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.content.document_forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024

WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.translation.finishing.publish_reviewed"  # the default publishes the newest draft
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False  # the default publishes untranslated text
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True  # the default deletes translators' work with the page
WAGTAILLOCALIZE_JOBS = {"BACKEND": "cms.translation.jobs.TasksJobBackend"}

# Machine translation ------------------------------------------------------------------------------------------------

DEEPL_KEY = env.text("DEEPL_KEY")
GOOGLE_KEY = env.text("GOOGLE_KEY")
LIBRETRANSLATE_URL = env.service("LIBRETRANSLATE_URL")
LIBRETRANSLATE_KEY = env.text("LIBRETRANSLATE_KEY")
# Which engine suggests texts for which pair of languages; what an engine cannot work without must be there.
MACHINE_ENGINES = env.pairs(
    "MACHINE_ENGINES",
    {
        "deepl": {"DEEPL_KEY": DEEPL_KEY},
        "google": {"GOOGLE_KEY": GOOGLE_KEY},
        "libretranslate": {"LIBRETRANSLATE_URL": LIBRETRANSLATE_URL},
        "wordlist": {},
    },
)

# The API ------------------------------------------------------------------------------------------------------------

# Finished answers: in the memory of each web process, and in Redis behind it where there is one.
ANSWERS_MEMORY = env.number("ANSWERS_MEMORY", 24, most=4_096) * 1024 * 1024
ANSWERS_BEHIND = bool(env.text("CACHE_URL"))
# Answers that had to be built, a minute and address; 0 sets no limit.
RATE_LIMITS = {
    "answers": env.number("RATE_LIMIT", 1_200, most=1_000_000),
    "search": env.number("RATE_LIMIT_SEARCH", 120, most=1_000_000),
}
# Seconds after which the database gives up a statement that reads for a city; editors' and commands' take their time.
READ_TIMEOUT = env.number("READ_TIMEOUT", 5, most=600)
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES", ["127.0.0.1", "::1"])  # they may say for whom they ask

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.MultiPartParser"],  # localize's editor's; ours read none
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Misto",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # it looks at Wagtail's inner routes; ours are compared by the contract
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Safety -------------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = IS_ENCRYPTED
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked by the machine itself, without a certificate
SECURE_HSTS_SECONDS = 31_536_000 if IS_ENCRYPTED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_ENCRYPTED
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_ENCRYPTED
SESSION_COOKIE_NAME = "misto_session"
X_FRAME_OPTIONS = "DENY"  # Wagtail's preview allows its own frame itself
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # a preload list binds the whole domain: the city decides that, not we

_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_SELF],
        "img-src": [_SELF, "data:", PUBLIC_URL],
        "object-src": ["'none'"],
        "base-uri": [_SELF],
        "form-action": [_SELF],
        "frame-ancestors": ["'none'"],
    }
}
# What the admin needs beside: Wagtail's date fields and localize's editor write scripts into the page, without a nonce.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [_SELF, "'unsafe-inline'"],
    "style-src": [_SELF, "'unsafe-inline'"],
    "img-src": [_SELF, "data:", "blob:"],
    "frame-ancestors": [_SELF],  # the preview beside the form
}

# Log ----------------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s%(trace)s: %(message)s"}},
    "filters": {"trace": {"()": "cms.api.tracing.TraceFilter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["trace"]}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},  # its own handler would repeat each line
        "django_tasks": {"level": "WARNING"},  # otherwise four lines for each save of a page
    },
}

# What was odd above. The web process says the first sentence and stops; commands go on (cms.commands).
REFUSED_SETTINGS = env.refused
