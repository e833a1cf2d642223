"""Notices: who sees them, in which language they go out, and that they go out once."""

from __future__ import annotations

import asyncio
import socket

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import transaction
from uuid6 import uuid7

from panah import configuration
from panah.foundation.jobs import worker
from panah.foundation.notices import service
from panah.foundation.notices.models import Notice
from panah.foundation.notices.service import Word
from panah.foundation.notices.tasks import mail_notice


def tell(**to) -> Notice:
    with transaction.atomic():
        service.queue(
            (Word("access.break_glass_opened", facts={"officer": "Aida", "until": "12:00"}, link="/notices/", **to),)
        )
    return Notice.objects.latest("made_at")


def test_a_notice_to_a_role_within_a_body_reaches_only_that_role_there(officer):
    head, other_head = officer("supervisor", body="kaz-a"), officer("supervisor", body="kaz-b")
    clerk = officer("asylum_officer", body="kaz-a")
    notice = tell(role="supervisor", body="kaz-a")
    assert list(service.recipients(notice)) == [head]
    assert notice in service.waiting_for(head)
    assert notice not in service.waiting_for(other_head)
    assert notice not in service.waiting_for(clerk)


def test_a_notice_to_a_body_reaches_all_who_work_there(officer):
    one, two = officer("asylum_officer", body="kaz-a"), officer("supervisor", body="kaz-a")
    officer("asylum_officer", body="kaz-b")
    assert set(service.recipients(tell(body="kaz-a"))) == {one, two}


def test_mail_goes_out_once_in_the_readers_language_and_names_nobody(officer):
    officer("ombudsman", email="o@example.org", language="ru")
    notice = tell(role="ombudsman")
    assert mail_notice.call(str(notice.pk)) == 1
    assert mail_notice.call(str(notice.pk)) == 0
    assert len(mail.outbox) == 1
    assert "/notices/" in mail.outbox[0].body


def test_the_worker_sends_what_was_queued(committed_db, officer):
    officer("ombudsman", email="o@example.org")
    tell(role="ombudsman")
    worker.run(until_empty=True)
    assert len(mail.outbox) == 1


def test_a_code_that_no_room_claims_is_shown_as_it_is(db):
    assert service.sentence(Notice(code="tests.unknown", facts={})) == "tests.unknown"


def test_the_page_lists_what_waits(officer, signed_in):
    aida = officer("ombudsman")
    tell(officer=aida.pk)
    assert "12:00" in signed_in(aida).get("/notices/").content.decode()
    assert "12:00" not in signed_in(officer("ombudsman")).get("/notices/").content.decode()


class Inbox:
    """A real SMTP server's side of the talk."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        self.letters.append(envelope.content)
        await asyncio.sleep(0)
        return "250 OK"


@pytest.fixture
def smtp():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield inbox, port
    controller.stop()


def test_one_address_sends_mail_over_smtp(officer, smtp, settings):
    inbox, port = smtp
    for name, value in configuration.mail(
        {"PANAH_MAIL": f"smtp://127.0.0.1:{port}", "PANAH_MAIL_FROM": "panah@example.org"}
    ).items():
        setattr(settings, name, value)
    officer("ombudsman", email="o@example.org")
    assert mail_notice.call(str(tell(role="ombudsman").pk)) == 1
    assert b"From: panah@example.org" in inbox.letters[0]


def test_mail_goes_to_files_by_default(officer, settings, tmp_path):
    for name, value in configuration.mail({"PANAH_HOME": str(tmp_path)}).items():
        setattr(settings, name, value)
    officer("ombudsman", email="o@example.org")
    mail_notice.call(str(tell(role="ombudsman").pk))
    assert len(list((tmp_path / "mail").iterdir())) == 1


def test_a_notice_for_nobody_is_not_lost_and_not_mailed(db):
    notice = tell(officer=uuid7())
    assert mail_notice.call(str(notice.pk)) == 0
    assert mail.outbox == []


def test_a_link_is_shown_and_mailed_only_to_whom_it_opens(officer, signed_in, monkeypatch):
    monkeypatch.setitem(service._opens, "access.break_glass_opened", lambda who, facts: who.post == "ALA")
    here = officer("supervisor", body="kaz-a", post="ALA", email="here@example.org")
    away = officer("supervisor", body="kaz-a", email="away@example.org")
    notice = tell(role="supervisor", body="kaz-a")
    Notice.objects.filter(pk=notice.pk).update(link="/files/only-of-the-post/")
    assert "only-of-the-post" in signed_in(here).get("/notices/").content.decode()
    page = signed_in(away).get("/notices/").content.decode()
    assert "Aida" in page
    assert "only-of-the-post" not in page
    mail_notice.call(str(notice.pk))
    said = {one.to[0]: "only-of-the-post" in one.body for one in mail.outbox}
    assert said == {"here@example.org": True, "away@example.org": False}
