"""Statistics before publishing: what the coordinator sees, and one signature."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from uuid6 import uuid7

from panah.foundation.access.models import Officer
from panah.node.statistics import service, tasks
from panah.node.statistics.models import Release
from tests.people import AFRAID

from .conftest import Arrive
from .receipts import answered, receipt_of, trusted

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Officer], Client]


def test_a_release_from_the_form_to_the_signature(a_day: None, coordinator: Officer, signed_in: SignedIn):
    browser = signed_in(coordinator)
    answer = browser.post("/statistics/", {"id": str(uuid7()), "period": "2026-11-20"})
    page = answer.url
    assert "are being counted" in browser.get(page).content.decode()
    release = Release.objects.get()
    assert tasks.prepare.call(str(release.pk))
    release.refresh_from_db()
    shown = browser.get(page).content.decode()
    assert "Sign and publish" in shown
    assert "0–9" in shown
    assert "Withheld so that no smaller number can be worked out from it." in shown
    assert browser.post(f"{page}sign/", {"id": str(uuid7()), "tables_digest": release.digest}).status_code == 302
    assert "Signed, on its way" in browser.get(page).content.decode()
    assert browser.get(f"{page}message.jws").content == bytes(Release.objects.get().message or b"")


def test_no_count_below_ten_is_on_the_page(a_day: None, coordinator: Officer, signed_in: SignedIn):
    release = service.prepare("2026-11-20", coordinator)
    page = signed_in(coordinator).get(f"/statistics/{release.pk}/").content.decode()
    numbers = {int(number) for number in re.findall(r'<td class="numeric">(\d+)</td>', page)}
    assert {37, 0} <= numbers
    assert not any(0 < number < 10 for number in numbers)


def test_the_form_sent_twice_asks_once(coordinator: Officer, signed_in: SignedIn):
    browser, form = signed_in(coordinator), {"id": str(uuid7()), "period": "2026-11-20"}
    assert browser.post("/statistics/", form).url == browser.post("/statistics/", form).url
    assert Release.objects.count() == 1


def test_a_wrong_period_is_named_beside_the_field(coordinator: Officer, signed_in: SignedIn):
    page = signed_in(coordinator).post("/statistics/", {"id": str(uuid7()), "period": "soon"}).content.decode()
    assert "Give a day, like 2026-11-21, or a month, like 2026-11." in page


def test_what_changed_since_the_last_revision_is_shown(
    a_day: None, arrive: Arrive, coordinator: Officer, signed_in: SignedIn
):
    answered(service.sign(service.prepare("2026-11-20", coordinator), coordinator))
    arrive(20, AFRAID, citizenship="AFG")
    release = service.prepare("2026-11-20", coordinator)
    page = signed_in(coordinator).get(f"/statistics/{release.pk}/").content.decode()
    assert "Changed since revision 1" in page
    assert "Withheld in an earlier release, and so still." in page


def test_a_statistician_sees_and_does_not_sign(statistician: Officer, signed_in: SignedIn):
    release = service.prepare("2026-11-20", statistician)
    browser = signed_in(statistician)
    assert "Sign and publish" not in browser.get(f"/statistics/{release.pk}/").content.decode()
    form = {"id": str(uuid7()), "tables_digest": release.digest}
    assert browser.post(f"/statistics/{release.pk}/sign/", form).status_code == 404


def test_others_find_nothing(coordinator: Officer, aida: Officer, signed_in: SignedIn):
    release = service.prepare("2026-11-20", coordinator)
    for address in ("/statistics/", f"/statistics/{release.pk}/", f"/statistics/{release.pk}/message.jws"):
        assert signed_in(aida).get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_a_receipt_that_was_brought_is_kept(coordinator: Officer, signed_in: SignedIn):
    release = service.sign(service.prepare("2026-11-20", coordinator), coordinator)
    trusted()
    file = SimpleUploadedFile("r.jws", receipt_of(bytes(release.message or b""), release))
    page = signed_in(coordinator).post(f"/statistics/{release.pk}/receipt/", {"receipt": file}, follow=True)
    assert "The receipt is kept." in page.content.decode()
    release.refresh_from_db()
    assert release.state == Release.State.RECEIVED


def test_a_release_is_set_aside_from_its_page(coordinator: Officer, signed_in: SignedIn):
    release = service.prepare("2026-11-20", coordinator)
    form = {"aside-id": str(uuid7()), "aside-reason": "A post has not sent its people yet."}
    signed_in(coordinator).post(f"/statistics/{release.pk}/set-aside/", form)
    release.refresh_from_db()
    assert release.state == Release.State.SET_ASIDE
