"""Every address of node and hub, who may open it, and how it is tried.

`NODE` and `HUB` name for each route the roles for which something is there; for all others, and for an officer of another post or body, it answers
404. `ANYBODY` is open without signing in. A route that is in no table fails the test: decide who may open it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ANYBODY = "anybody"
SIGNED_IN = "signed in"

_POST = ("border_officer", "registrar")
_RECEIVING = (
    "asylum_officer", "child_officer", "health_officer", "io_partner", "labour_officer", "migration_officer", "nrm_officer", "ngo_partner",
    "security_liaison", "social_officer", "statelessness_officer",
)  # fmt: skip


def routes(urlconf: str) -> Iterator[str]:
    """All routes of a URLconf, as Django writes them."""

    def walk(patterns: list[Any], before: str = "") -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                yield route

    return walk(get_resolver(urlconf).url_patterns)


NODE: dict[str, str | tuple[str, ...]] = {
    "": SIGNED_IN,
    "sign-in/": ANYBODY,
    "sign-in/second/": ANYBODY,
    "second-factor/": SIGNED_IN,
    "second-factor/app/": SIGNED_IN,
    "second-factor/passkey/": SIGNED_IN,
    "second-factor/codes/": SIGNED_IN,
    "officers/": ("administrator",),
    "officers/new/": ("administrator",),
    "officers/<uuid:officer_id>/": (),
    "sign-out/": ANYBODY,
    "language/": ANYBODY,
    "notices/": SIGNED_IN,
    "break-glass/": ("supervisor", *_RECEIVING),
    "break-glass/review/": ("national_coordinator", "ombudsman"),
    "arrivals/": _POST,
    "arrivals/new/": _POST,
    "arrivals/new/zone/": _POST,
    "arrivals/new/known/": _POST,
    "arrivals/groups/new/": _POST,
    "search/": ("border_officer", "consular_officer", "ombudsman", "registrar", "supervisor"),
    "files/<uuid:file_id>/": ("border_officer", "ombudsman", "registrar"),
    "files/<uuid:file_id>/story.pdf": ("border_officer", "ombudsman", "registrar"),
    "files/<uuid:file_id>/register/": (),
    "files/<uuid:file_id>/amend/": _POST,
    "files/<uuid:file_id>/close/": ("registrar",),
    "imports/": _POST,
    "imports/template/": _POST,
    "imports/form/": _POST,
    "imports/<uuid:import_id>/": (),
    "imports/<uuid:import_id>/standing/": (),
    "imports/<uuid:import_id>/refused/": (),
    "files/<uuid:file_id>/interview/": _POST,
    "files/<uuid:file_id>/interview/again/": _POST,
    "files/<uuid:file_id>/proposal/": ("border_officer", "ombudsman", "registrar"),
    "files/<uuid:file_id>/information/": _POST,
    "files/<uuid:file_id>/receipt.pdf": _POST,
    "files/<uuid:file_id>/leaflets.pdf": _POST,
    "receipts/": _POST,
    "files/<uuid:file_id>/referrals/": _POST,
    "queue/": ("consular_officer", *_RECEIVING),
    "queue/<uuid:referral_id>/": ("asylum_officer",),
    "detained/": ("supervisor", "ombudsman", "national_coordinator"),
    "procedures/": ("supervisor", *_RECEIVING),
    "procedures/new/<uuid:referral_id>/": ("asylum_officer",),
    "procedures/<uuid:proceeding_id>/": (),
    "procedures/<uuid:proceeding_id>/hearings/<uuid:hearing_id>.ics": (),
    "procedures/<uuid:proceeding_id>/hearings/<uuid:hearing_id>.pdf": (),
    "procedures/<uuid:proceeding_id>/decisions/<uuid:decision_id>.pdf": (),
    "procedures/<uuid:proceeding_id>/papers/<slug:paper>.pdf": (),
    "reception/": ("io_partner", "ngo_partner", "ombudsman", "social_officer", "supervisor"),
    "reception/centres/new/": ("social_officer", "supervisor"),
    "reception/centres/<uuid:centre_id>/": (),
    "reception/centres/<uuid:centre_id>/hand-out/": (),
    "reception/units/<uuid:unit_id>/": (),
    "reception/receipts/<uuid:hand_out_id>/": (),
    "reception/families/": ("ombudsman", "social_officer", "supervisor"),
    "reception/directory/": ("national_coordinator", "ombudsman", "supervisor", *_POST, *_RECEIVING),
    "files/<uuid:file_id>/reception/": ("ombudsman",),
    "families/": (
        "asylum_officer", "child_officer", "io_partner", "ngo_partner", "ombudsman", "social_officer", "supervisor",
    ),
    "families/requests/<uuid:request_id>/": (),
    "families/matches/<uuid:match_id>/": (),
    "families/reunifications/<uuid:union_id>/": (),
    "files/<uuid:file_id>/family/": ("ombudsman",),
    "files/<uuid:file_id>/family/new/": (),
    "complain/": ANYBODY,
    "complain/follow/": ANYBODY,
    "complaints/": ("child_officer", "national_coordinator", "nrm_officer", "ombudsman", "supervisor"),
    "complaints/enter/": ("national_coordinator", "ombudsman", "supervisor", *_POST, *_RECEIVING),
    "complaints/<uuid:complaint_id>/": (),
    "board/": ("ombudsman", "supervisor"),
    "board/<slug:code>/": ("ombudsman", "supervisor"),
    "holds/<uuid:hold_id>/": ("border_officer", "ombudsman", "registrar", "supervisor"),
    "files/<uuid:file_id>/holds/new/": ("border_officer", "registrar", "supervisor"),
    "files/<uuid:file_id>/coercive-act/": ("border_officer",),
    "statistics/": ("national_coordinator", "statistician"),
    "statistics/<uuid:release_id>/": (),
    "statistics/<uuid:release_id>/sign/": ("national_coordinator",),
    "statistics/<uuid:release_id>/set-aside/": ("national_coordinator", "statistician"),
    "statistics/<uuid:release_id>/receipt/": ("national_coordinator", "statistician"),
    "statistics/<uuid:release_id>/message.jws": (),
    "reads/": ("auditor", "ombudsman"),
    "reads.csv": ("auditor", "ombudsman"),
    "api/openapi.json": ANYBODY,
    "api/persons": ANYBODY,
    "api/persons/<file>/interviews": ANYBODY,
    "api/persons/<file>/proposal": ANYBODY,
    "api/persons/<file>/confirmation": ANYBODY,
    "api/persons/<file>/referrals": ANYBODY,
    "api/queue": ANYBODY,
    "api/queue/<referral>": ANYBODY,
    "api/queue/<referral>/answer": ANYBODY,
    "api/procedures": ANYBODY,
    "api/procedures/<proceeding>": ANYBODY,
    "api/procedures/<proceeding>/end": ANYBODY,
    "api/procedures/<proceeding>/facts": ANYBODY,
    "api/procedures/<proceeding>/hearings": ANYBODY,
    "api/procedures/<proceeding>/decisions": ANYBODY,
    "api/procedures/<proceeding>/decisions/<decision>/signature": ANYBODY,
    "api/procedures/<proceeding>/decisions/<decision>/notification": ANYBODY,
    "api/families/requests": ANYBODY,
    "api/families/requests/<tracing>": ANYBODY,
    "api/families/requests/<tracing>/attempts": ANYBODY,
    "api/families/requests/<tracing>/closing": ANYBODY,
    "api/families/requests/<tracing>/comparison": ANYBODY,
    "api/families/requests/<tracing>/proposals": ANYBODY,
    "api/families/matches/<match>/decision": ANYBODY,
    "api/families/matches/<match>/answers": ANYBODY,
    "api/persons/<file>/wishes": ANYBODY,
    "api/": ANYBODY,
    "appearance/": ANYBODY,
    "keys/": ANYBODY,
    "borders.json": ANYBODY,
    "design/": ANYBODY,
    "design/answer/": ANYBODY,
    "design/scan/": ANYBODY,
    "design/<str:kind>.json": ANYBODY,
    "design/stop/": ANYBODY,
    "design/error/<int:status>/": ANYBODY,
}

HUB: dict[str, str | tuple[str, ...]] = {
    "": ANYBODY,
    "indicators/<slug:code>/<slug:side>/": ANYBODY,
    "indicators/<slug:code>/<slug:side>/chart.json": ANYBODY,
    "indicators/<slug:code>/<slug:side>/map.json": ANYBODY,
    "indicators/<slug:code>/<slug:side>/figures.<slug:form>": ANYBODY,
    "states/<slug:code>/": ANYBODY,
    "states/<slug:code>/chart.json": ANYBODY,
    "states/<slug:code>/figures.<slug:form>": ANYBODY,
    "doubts/": ANYBODY,
    "sources/": ANYBODY,
    "published/": ANYBODY,
    "published/<slug:state>/<slug:flow>/<slug:period>/": ANYBODY,
    "published/<slug:state>/<slug:flow>/<slug:period>/chart.json": ANYBODY,
    "published/<slug:state>/<slug:flow>/<slug:period>/map.json": ANYBODY,
    "published/<slug:state>/<slug:flow>/<slug:period>/table.<slug:form>": ANYBODY,
    "intake/": ("auditor", "secretariat", "statistician"),
    "intake/upload/": ("secretariat",),
    "intake/submissions/": ANYBODY,
    "intake/<uuid:submission_id>/": (),
    "intake/<uuid:submission_id>/receipt.jws": (),
    "sign-in/": ANYBODY,
    "sign-in/second/": ANYBODY,
    "second-factor/": SIGNED_IN,
    "second-factor/app/": SIGNED_IN,
    "second-factor/passkey/": SIGNED_IN,
    "second-factor/codes/": SIGNED_IN,
    "officers/": ("administrator",),
    "officers/new/": ("administrator",),
    "officers/<uuid:officer_id>/": (),
    "sign-out/": ANYBODY,
    "language/": ANYBODY,
    "notices/": SIGNED_IN,
    "break-glass/": (),
    "break-glass/review/": ("national_coordinator",),
    "appearance/": ANYBODY,
    "keys/": ANYBODY,
    "borders.json": ANYBODY,
    "design/": ANYBODY,
    "design/answer/": ANYBODY,
    "design/scan/": ANYBODY,
    "design/<str:kind>.json": ANYBODY,
    "design/stop/": ANYBODY,
    "design/error/<int:status>/": ANYBODY,
}
