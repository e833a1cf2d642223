"""The ready log-ins of the demo, one per role and post. One pass-phrase for all: this is a demo on loopback."""

from __future__ import annotations

from dataclasses import dataclass, field

PASSPHRASE = "almaty-2011-demo"  # noqa: S105 - it is printed for all to see
POSTS = ("ALA", "BX045-KZ", "BX053-KZ", "BX061-KZ")


@dataclass(frozen=True)
class Account:
    """Who may sign in. `receives` is the referral code whose competent body (at Almaty) the officer works for; `seat`, on the
    hub, the participant and the office for which the account acts."""

    username: str
    name: str
    roles: tuple[str, ...]
    does: str
    post: str = ""
    receives: str = ""
    serves_state: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    seat: tuple[str, str] = ("", "")


NODE: tuple[Account, ...] = (
    Account("officer", "Aida, Almaty airport", ("border_officer",), "receives people at Almaty airport", post="ALA"),
    Account("officer-kordai", "Bolat, Kordai", ("border_officer",), "the same at the road crossing Kordai", post="BX045-KZ"),
    Account("officer-zhibek", "Gulnar, Zhibek Zholy", ("border_officer",), "the same at the road crossing Zhibek Zholy", post="BX053-KZ"),
    Account("officer-rail", "Daulet, Saryagash", ("border_officer",), "the same at the rail crossing Saryagash", post="BX061-KZ"),
    Account("registrar", "Madina, registrar", ("registrar",), "registers at Almaty airport", post="ALA"),
    Account("asylum", "Saule, asylum body", ("asylum_officer",), "works on asylum referrals", receives="asylum_authority"),
    Account("asylum-second", "Kairat, asylum body", ("asylum_officer",), "the same; signs what a colleague drafted", receives="asylum_authority"),
    Account("child", "Zhanar, child protection", ("child_officer",), "works on referrals of children", receives="child_protection"),
    Account("trafficking", "Timur, anti-trafficking unit", ("nrm_officer",), "works on trafficking referrals", receives="anti_trafficking_unit"),
    Account("stateless", "Arman, migration service", ("statelessness_officer",), "works on statelessness referrals", receives="statelessness_authority"),
    Account("migration", "Serik, migration service", ("migration_officer",), "detention and removal", receives="migration_authority"),
    Account("migration-chief", "Gauhar, migration service", ("supervisor",), "supervises it; signs what an officer drafted", receives="migration_authority"),
    Account("labour", "Aliya, labour inspection", ("labour_officer",), "works on rights at work", receives="labour_inspection"),
    Account("employment", "Dina, employment", ("labour_officer",), "plans with people who came back", receives="labour_authority"),
    Account("health", "Dr Asel, health service", ("health_officer",), "works on medical referrals", receives="health_service"),
    Account("reception", "Laura, reception", ("social_officer",), "gives places in the centres, and daily life there", post="ALA", receives="reception_centre"),
    Account("unhcr", "Nora, UNHCR", ("io_partner",), "UNHCR, with the person's consent", receives="unhcr"),
    Account("legal-aid", "Ermek, legal aid", ("ngo_partner",), "legal aid, with the person's consent", receives="legal_aid"),
    Account("interpreter", "Parvin, interpreter", ("interpreter",), "opens the appointments to which one is called, nothing else"),
    Account("security", "Liaison, security", ("security_liaison",), "the restricted lane", receives="security_service"),
    Account("consul", "A consul of Uzbekistan", ("consular_officer",), "finds nothing, and raises an alarm", receives="own_consulate", serves_state="UZB"),
    Account("supervisor", "Raushan, supervisor", ("supervisor",), "overdue referrals, holds, stopped attempts"),
    Account("ombudsman", "Ombudsman", ("ombudsman",), "the same, from outside; reviews break-glass"),
    Account("monitor", "Prevention (NPM)", ("detention_monitor",), "the register of detention, and every case in it"),
    Account("protector", "Data-protection officer", ("dpo",), "who read which file"),
    Account("auditor", "The auditor", ("auditor",), "whether the journal is whole"),
    Account("coordinator", "Coordinator", ("national_coordinator", "statistician"), "statistics, publishes to the hub"),
    Account("admin", "Administrator of accounts", ("administrator",), "opens and changes accounts; sees no file"),
)  # fmt: skip

HUB: tuple[Account, ...] = (
    Account("secretariat", "The secretariat", ("secretariat",), "takes in what nodes send; leads meetings", seat=("IOM", "support_unit")),
    Account("hub-coordinator", "Coordinator, Kazakhstan", ("national_coordinator",), "speaks and signs for Kazakhstan", seat=("KAZ", "national_coordinator")),
    Account("coordinator-kgz", "Coordinator, Kyrgyzstan", ("national_coordinator",), "the same for Kyrgyzstan", seat=("KGZ", "national_coordinator")),
    Account("coordinator-tjk", "Coordinator, Tajikistan", ("national_coordinator",), "the same for Tajikistan", seat=("TJK", "national_coordinator")),
    Account("senior-official", "A senior official, Kazakhstan", ("senior_official",), "drafts commitments and reports", seat=("KAZ", "senior_official")),
    Account("observer", "An observer", ("observer",), "reads what is open to observers", seat=("PRAGUE", "observer")),
    Account("hub-admin", "Administrator of the hub", ("administrator",), "accounts and seats"),
)  # fmt: skip
