"""Who signs in. All are invented; bodies and the border post are those of the pack `kaz`."""

from __future__ import annotations

from tests.browser.installation import Account

POST = "BX045-KZ"
"""Kordai, a road crossing to Kyrgyzstan."""

AIDA = Account("aida", "Aida Serikova", ("border_officer",), body="kaz-border-service", post=POST)
MARAT = Account("marat", "Marat Ospanov", ("supervisor",), body="kaz-border-service", post=POST)
CHAROS = Account("charos", "Charos Umarova", ("asylum_officer",), body="kaz-employment-department/KZ-31")
SAULE = Account("saule", "Saule Bekova", ("national_coordinator",), body="kaz-ministry-labour-social-protection")
DANA = Account("dana", "Dana Akhmetova", ("asylum_officer",), body="kaz-employment-department/KZ-31")
TIMUR = Account("timur", "Timur Zhaksybekov", ("migration_officer",), body="kaz-migration-service-committee")
RUSLAN = Account("ruslan", "Ruslan Nurlanov", ("supervisor",), body="kaz-migration-service-committee")
GULNARA = Account("gulnara", "Gulnara Sadykova", ("social_officer",), body="house-at-the-pass", post=POST)

OF_THE_NODE = (AIDA, MARAT, CHAROS, SAULE, DANA, TIMUR, RUSLAN, GULNARA)
