import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panah.settings")
application = get_wsgi_application()

from panah.web import start  # noqa: E402 - needs the applications

start.settle()
