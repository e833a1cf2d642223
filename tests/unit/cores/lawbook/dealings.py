"""Small files of the kinds procedures, documents, channels and standards, for tests to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

PROCEDURE_BEFORE = """
procedure: asylum
title: {en: Asylum before the reform, ru: Убежище до реформы}
until: "2021-06-30"
verified: no
stages:
  - {id: filing, title: {en: Filing, ru: Подача}, by: [person], verified: no}
"""
PROCEDURE = """
procedure: asylum
title: {en: Asylum, ru: Убежище}
from: "2021-07-01"
verified: no
stages:
  - id: filing
    title: {en: Filing, ru: Подача}
    by: [person]
    ends_with: registration
    next: [decision]
    verified: no
  - id: decision
    title: {en: Decision, ru: Решение}
    by: [asylum_authority]
    begins_with: registration
    terms: [asylum/first_decision]
    papers: [refugee-certificate]
    safeguards: [interpreter, written_reasons]
    outcomes: [granted, refused]
    remedy: {to: [court], terms: [asylum/appeal], suspends_removal: yes}
    citations: [{source: xx-reform-act-2021, article: "2"}]
    verified: yes
"""
DOCUMENTS = """
documents:
  - code: refugee-certificate
    title: {en: Refugee certificate, ru: Удостоверение беженца}
    record_type: other
    holders: [refugees]
    issued_by: asylum_authority
    number: KZ-IIN
    from: "2016-01-01"
    citation: {source: xx-reform-act-2021, article: "3"}
    verified: yes
identity_numbers:
  - code: KZ-IIN
    title: {en: Personal number, ru: Личный номер}
    check_digit: published
    tells: [sex, birth_date]
    verified: no
"""
CHANNELS = """
channels:
  - id: seasonal-work
    title: {en: Seasonal work, ru: Сезонная работа}
    direction: in
    permit: patent
    quota: labour/quota
    body: labour_authority
    verified: no
"""
STANDARDS = """
standards:
  - id: families-together
    area: reception
    says: {en: Families are housed together., ru: Семьи размещают вместе.}
    guards: [G7]
    citations: [{source: crc, article: "9"}]
    verified: no
"""


def write_dealings(folder: Path, *, standards_only: bool = False) -> None:
    """Put one clean file of each kind into the folder of a pack (two for the procedure: before and after the reform).

    What the pack has of these kinds goes, so that a test sees only what it wrote.
    """
    for kind in ("standards",) if standards_only else ("procedures", "documents", "channels", "standards"):
        shutil.rmtree(folder / kind, ignore_errors=True)
    files = {"standards/reception.yaml": STANDARDS}
    if not standards_only:
        files |= {
            "procedures/asylum.yaml": PROCEDURE,
            "procedures/asylum-2014.yaml": PROCEDURE_BEFORE,
            "documents/documents.yaml": DOCUMENTS,
            "channels/channels.yaml": CHANNELS,
        }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.lstrip(), encoding="utf-8")
