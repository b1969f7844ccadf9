"""Names of posts: the last words before a cable's number. Nothing here reads a cable."""

from __future__ import annotations

import re

# Posts of more than one word, as they stand before a number ("TEL AVIV 1234").
MANY_WORDS = frozenset(
    """
    ABU DHABI|ADDIS ABABA|BANDAR SERI BEGAWAN|BUENOS AIRES|CAPE TOWN|CIUDAD JUAREZ|CHIANG MAI
    DAR ES SALAAM|EMBASSY BAKU|GEORGETOWN|GUATEMALA CITY|HO CHI MINH CITY|HONG KONG|KUALA LUMPUR
    KUWAIT CITY|LA PAZ|MEXICO CITY|NEW DELHI|NEW YORK|NUEVO LAREDO|PANAMA CITY|PHNOM PENH
    PORT AU PRINCE|PORT LOUIS|PORT MORESBY|PORT OF SPAIN|PONTA DELGADA|QUITO|RIO DE JANEIRO
    SAN JOSE|SAN SALVADOR|SANTO DOMINGO|SAO PAULO|SAO TOME|SRI LANKA|ST PETERSBURG
    ST. PETERSBURG|SAINT PETERSBURG|TEL AVIV|THE HAGUE|UN ROME|UNVIE VIENNA|USEU BRUSSELS
    USUN NEW YORK|USNATO BRUSSELS|USOSCE VIENNA|USOECD PARIS|US NATO|US UN|US EU|VATICAN CITY
    USMISSION GENEVA|US MISSION GENEVA|USMISSION USNATO|USMISSION USUN|PORT ELIZABETH|ST GEORGES
    BELFAST|NEW ORLEANS|PALAU|PORTO ALEGRE|LA HABANA|EL SALVADOR|IRAN RPO DUBAI|RPO DUBAI
    MADRAS|COTE DIVOIRE|BASRAH|REO BASRAH|REO HILLAH|REO KIRKUK|REO MOSUL|USDEL GENEVA
    USDEL CSBM VIENNA|USDEL CFE VIENNA|MISSION GENEVA|MISSION UNVIE|US INTERESTS SECTION HAVANA
    DILI|CHISINAU|GUADALAJARA|PORT VILA|DJIBOUTI|FORT DE FRANCE|CORK|TAIPEI|SANTA CRUZ
    SAN FRANCISCO|LOS ANGELES|CABO VERDE|CLARK AIR BASE|ULAN BATOR|NDJAMENA|N DJAMENA
    FREETOWN|SEOUL|BELIZE CITY|TRIPOLI|USOFFICE PRISTINA|US OFFICE PRISTINA|EAST JERUSALEM
    """.replace("\n", "|")
    .replace("    ", "")
    .strip("|")
    .split("|")
) - {""}

_PREFIXES = re.compile(
    r"""^(?:            # What stands before the post's own name: "AMEMBASSY BAKU"
        AMEMBASSY|AM\ EMBASSY|AMEMB|EMBASSY|AMCONSUL|AMCONGEN|AMCONS|CONSULATE|USMISSION|US\ MISSION
        |USDEL|USOFFICE|USLO|AMINT|USINT|AIT|AMINSTITUTE
    )\s+(?=\S)""",
    re.VERBOSE,
)
_STATE = re.compile(
    r"^(?:SEC\s?STATE|DEPT\s?OF\s?STATE|DEPARTMENT\s?OF\s?STATE|DEPSTATE)(?:\s+WASHDC)?$"
)


def post_code(name: str) -> str:
    """The post as ids spell it: ``TEL AVIV`` is ``TELAVIV``, ``SECSTATE`` is ``STATE``."""
    upper = " ".join(name.upper().split())
    if _STATE.match(upper):
        return "STATE"
    if not upper.startswith("AIT TAIPEI"):
        upper = _PREFIXES.sub("", upper)
    return re.sub(r"[^A-Z0-9]", "", upper)


def last_post(words: list[str]) -> list[str]:
    """The words at the end of ``words`` that name a post together; at least the last one."""
    for size in (4, 3, 2):
        if len(words) >= size and " ".join(words[-size:]).upper() in MANY_WORDS:
            return words[-size:]
    return words[-1:]
