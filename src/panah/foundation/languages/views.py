from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from panah.foundation.languages import interface_languages
from panah.foundation.languages.middleware import COOKIE


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of language in this browser and go back to the page."""
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if wanted in {language.tag for language in interface_languages()}:
        response.set_cookie(
            COOKIE, wanted, max_age=365 * 86_400, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
