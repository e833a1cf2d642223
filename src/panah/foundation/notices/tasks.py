"""The job that mails a notice."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from panah.foundation.clock import now
from panah.foundation.notices import service
from panah.foundation.notices.models import Notice


@task()
def mail_notice(notice_id: str) -> int:
    """Mail one notice to each recipient with an address, in their language. Returns how many were sent. A second run sends none."""
    notice = Notice.objects.get(pk=notice_id)
    if notice.mailed_at:
        return 0
    messages = []
    for officer in service.recipients(notice).exclude(email=""):
        with translation.override(officer.language or settings.LANGUAGE_CODE):
            text = service.sentence(notice)
            body = f"{text}\n\n{settings.PANAH_ADDRESS}{service.link_for(officer, notice)}\n\n" + _(
                "This message names no person. Sign in to see more."
            )
            messages.append(EmailMessage(subject=f"Panah: {text}", body=body, to=[officer.email]))
    if messages:
        get_connection().send_messages(messages)
    Notice.objects.filter(pk=notice_id).update(mailed_at=now())
    return len(messages)
