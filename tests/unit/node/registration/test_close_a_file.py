"""Closing a file, and the safeguards that keep it open."""

from __future__ import annotations

import pytest

from panah.foundation.clock import now
from panah.foundation.door.service import NotAllowed, Refused, Stopped, perform
from panah.node.registration.models import PersonFile
from panah.node.registration.service import CloseFile
from panah.node.safeguards.actions import PlaceHold

pytestmark = pytest.mark.django_db


def closing(by, file, **said):
    return CloseFile(by=by.pk, place=by.post, happened_at=now(), file=file.pk, **({"reason": "left"} | said))


def test_a_file_without_a_hold_is_closed_for_a_reason(aida, saule, register):
    file = register(aida, "Ali")
    perform(closing(saule, file))
    after = PersonFile.objects.get(pk=file.pk)
    assert (after.status, after.closing_reason) == ("closed", "left")
    assert after.closed_at >= after.arrived_at


def test_while_a_hold_stands_the_file_stays_open_and_the_try_is_kept(aida, saule, register, hold):
    file = register(aida, "Ali")
    hold(file, aida)
    with pytest.raises(Stopped) as stopped:
        perform(closing(saule, file))
    assert stopped.value.stop.subject == file.pk
    assert PersonFile.objects.get(pk=file.pk).closed_at is None


def test_a_closed_file_is_closed_once(aida, saule, register):
    file = register(aida, "Ali")
    perform(closing(saule, file))
    with pytest.raises(Refused):
        perform(closing(saule, file))


def test_only_registrar_and_supervisor_of_the_post_close(aida, bolat, consul, ombudsman, marat, register):
    file = register(aida, "Ali")
    for other in (aida, bolat, consul, ombudsman):
        with pytest.raises(NotAllowed):
            perform(closing(other, file))
    perform(closing(marat, file))


def test_the_page_shows_the_stop(aida, saule, signed_in, register, hold, form_of):
    file, client = register(aida, "Ali"), signed_in(saule)
    hold(file, aida)
    sent = form_of(client, f"/files/{file.pk}/close/") | {"reason": "completed"}
    assert client.post(f"/files/{file.pk}/close/", sent).status_code == 409


def test_the_page_closes(aida, saule, signed_in, register, form_of):
    file, client = register(aida, "Ali"), signed_in(saule)
    sent = form_of(client, f"/files/{file.pk}/close/") | {"reason": "completed"}
    assert client.post(f"/files/{file.pk}/close/", sent).url == f"/files/{file.pk}/"
    assert client.get(f"/files/{file.pk}/close/").status_code == 404


def test_strangers_find_no_page(aida, bolat, consul, ombudsman, signed_in, register):
    file = register(aida, "Ali")
    for other in (aida, bolat, consul, ombudsman):
        assert signed_in(other).get(f"/files/{file.pk}/close/").status_code == 404


@pytest.fixture
def hold():
    def place(file, by):
        said = {"file": file.pk, "safeguard": "no_removal", "reason": "The person says that they cannot go back."}
        perform(PlaceHold(by=by.pk, place=by.post, happened_at=now(), **said))

    return place
