"""Codes of issuers and nationalities (ICAO Doc 9303-3, section 5), document codes (9303-4, 4.4) and what they mean.

The lists follow the eighth edition of Doc 9303 with its amendments of 14 November 2022 and 20 March 2024.
"""

from __future__ import annotations

from typing import Final, Literal

DocumentClass = Literal["national", "refugee_1951", "stateless_1954", "other"]

_STATES: Final = """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM
    BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR
    CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB
    GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA
    JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA
    MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
    NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS
    SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON
    TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""

STATES: Final = frozenset(_STATES.split())
"""ISO 3166-1 alpha-3."""

OWN_CODES: Final = {"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR"}
"""Codes that only travel documents have, with the state that they belong to (9303-3, section 5, part A)."""

FORMER_STATES: Final = frozenset({"SUN", "YUG", "SCG", "CSK", "ZAR", "TMP", "ROM", "BUR", "DDR", "YMD", "ANT", "NTZ"})
"""States and codes that ISO 3166-3 has withdrawn and that old documents still bear."""

ORGANISATIONS: Final = frozenset(
    {"UNO", "UNA", "EUE", "XBA", "XIM", "XCC", "XCE", "XCO", "XEC", "XPO", "XES", "XMP", "XOM", "XDC", "IAO"}
)
"""Issuers that are no state (9303-3, section 5, parts B, C, D, H)."""

OTHER_ISSUERS: Final = frozenset({"RKS", "UNK", "UTO"})
"""Kosovo, its UNMIK documents, and Utopia, the state of specimen documents (parts A, C, G)."""

STATELESS: Final = "XXA"
REFUGEE_1951: Final = "XXB"
OTHER_REFUGEE: Final = "XXC"
UNSPECIFIED: Final = "XXX"
WITHOUT_NATIONALITY: Final = frozenset({STATELESS, REFUGEE_1951, OTHER_REFUGEE, UNSPECIFIED})
"""Persons without a defined nationality (part E)."""

KNOWN_CODES: Final = STATES | frozenset(OWN_CODES) | FORMER_STATES | ORGANISATIONS | OTHER_ISSUERS | WITHOUT_NATIONALITY

FIRST_LETTERS: Final = frozenset("PVIAC")
"""P passports, V visas, I, A and C cards (9303-4 to 9303-7)."""


def is_state(code: str) -> bool:
    return code in STATES or code in OWN_CODES


def document_class(document_code: str, issuer: str, nationality: str) -> DocumentClass:
    """The class of a document: by the nationality first, by the document code second.

    The harmonised codes PP, PE, PD, PO, PR (refugee), PT (not a national), PS (stateless), PL (laissez-passer), PM
    (9303-4, 4.4) and PU (9303-8) are used from 1 January 2026 and bind from 1 January 2028; before, each state chose
    its second letter, which is why the nationality is asked first.

    A nationality of XXA, XXB or XXC decides alone. PR and PS decide where the nationality is empty, XXX, or a state
    other than the issuer (some states print a refugee's country of origin); where it is the issuer's own, the second
    letter is the issuer's old, free choice and the document is national.
    """
    if nationality == REFUGEE_1951:
        return "refugee_1951"
    if nationality == STATELESS:
        return "stateless_1954"
    if nationality == OTHER_REFUGEE:
        return "other"
    if nationality != issuer or not is_state(issuer):
        if document_code == "PR":
            return "refugee_1951"
        if document_code == "PS":
            return "stateless_1954"
    if document_code in {"PT", "PL", "PU"} and nationality != issuer:
        return "other"
    if is_state(nationality) or nationality in {"UTO", "RKS"}:
        return "national"
    if not nationality and (is_state(issuer) or issuer in {"UTO", "RKS"}):
        return "national"
    return "other"


def code_contradicts_nationality(document_code: str, issuer: str, nationality: str) -> bool:
    """Whether PR or PS (refugee, stateless) stands beside the issuer's own nationality."""
    return document_code in {"PR", "PS"} and nationality == issuer and is_state(issuer)


def country(code: str) -> str | None:
    """ISO 3166-1 alpha-3, or XXA, XXB, XXX, for a code of the zone; None where it stands for no country.

    XXC, a refugee other than of the 1951 Convention, becomes XXX: contracts/screening.md has no code for it, and the
    status is told apart by `status_elsewhere`.
    """
    if code in STATES:
        return code
    if code == OTHER_REFUGEE:
        return UNSPECIFIED
    if code in WITHOUT_NATIONALITY:
        return code
    return OWN_CODES.get(code)
