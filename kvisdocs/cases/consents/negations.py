"""The Danish words by which a consent refuses, leaves something out or makes it depend on something.

Patterns for texts in small letters, but for BORDER, which needs to see where a sentence begins.
"""

import re


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


HARMLESS = _any(
    r"\bikke (?:mindst|kun|blot|bare|alene|udelukkende|desto mindre)\b",
    r"\b(?:ikke|intet|ingen|ingenting) (?:mere|andet|andre(?: oplysninger)?|yderligere|øvrige)(?: oplysninger)?\b",
    r"\b(?:ikke|intet) ud ?over (?:det|dette|disse)?",
    r"\b(?:uden|ingen) undtagelser?\b",
    # "that I cannot yet work full time" is something that is told, unless it is the consent itself that is not given
    r"\bjeg (?:(?!vil|kan|må|skal)\w+ ){0,3}ikke (?:\w+ ){0,2}?"
    r"(?:er|kan|har|skal|bliver|arbejder|møder|magter|klarer|kommer|holder)\b"
    r"(?! (?:\w+ ){0,2}(?:samtykke|sige ja|give|med til|enig|accept))",
)
"""Negations that say no to nothing: `ikke mindst`, `og ikke andet`, `at jeg endnu ikke er rask`."""

CONDITION = _any(
    r"\bkun (?:hvis|når|efter|såfremt|med)\b",
    r"\b(?:medmindre|med mindre|såfremt|forudsat|i samråd|måske|i tvivl|ved ikke|mangler|følger senere)\b",
    r"\b(?:betinge|forudsætning|afvent|tænke over|indtil jeg|først spørge)",
    r"forbehold",
    r"\bpå (?:den )?betingelse",
    r"\bførst (?:når|efter|hvis|skal)\b",
    r"\bspørg\w* (?:mig|først)",
    r"\bhvis (?:jeg|min|mine|vi|du|i|han|hun|de|læge\w*|arbejdsgiver\w*|chefen|psyk\w*|det er|nødvendig)\b",
    r"\bnår (?:jeg|vi) (?:har|er|siger|får|giver)\b",
    r"\befter (?:nærmere )?(?:aftale|accept|godkendelse)\b",
    r"\buden (?:at (?:spørge|jeg|have)|mit|min|først)\b",
    r"\?",
)
"""What only a person can judge: whether the citizen has seen the letter first, or has thought it over."""

NO = re.compile(
    r"\b(?:"
    + "|".join(
        (
            *("ikke", "ikk", "ej", "ingen", "intet", "ingenting", "nej", "aldrig", "hverken", "minus", "stop"),
            *("undtagen", "undtaget", "undtagelse af", "bortset fra", r"uden(?! for\b)", r"al[lt]e? and\w+ end"),
            *(r"næg\w+", r"afslå\w*", r"afslag\w*", r"afvis\w*", r"frabed\w*", r"forby\w+", r"forbud\w*", r"modsæt\w*"),
            *(r"fortr[yu]d\w*", r"tilbagekald\w*", r"tilbagetr\w+", r"tr[æu]kk?e?[rt]?\b.*\btilbage", r"fravælg\w*"),
            *(r"udelad\w*", r"udelukk?e[ts]?", r"imod(?! \w)", "imod at", r"afstå\w*", r"spærr\w*", "lad være"),
            *("fri for", r"fritag\w*", r"hold\w*\b.*\bude(?:n ?for)?", r"sig(?:er)? fra", "sagt fra", "fortrolig[te]?"),
            *("hemmelig[te]?", r"vægr\w*", r"bortfald\w*"),
        )
    )
    + r")\b"
)
"""Negations, and verbs of refusing."""

MODAL = re.compile(r"\b(?:må|vil|skal|kan|bør|ønsker|giver|samtykker|accepterer|tillader|behøver)\b(?: \w+){0,2} ?$")
"""Before a negation it says that the whole sentence is one: `timer må I ikke fortælle`."""

SAYS_YES = re.compile(r"\b(?:kun|gerne|ja|også|derimod|godt|fint|ok|okay|alene|udelukkende|blot|bare|tillader)\b")
"""Behind a negation it says yes again."""

ONLY = re.compile(r"(?<!ikke )\b(?:kun|alene|udelukkende|blot|bare|(?:intet|ikke|ingen) (?:andet|andre|mere))\b")
"""What is not named is not allowed."""

WHOLLY = re.compile(r"\b(?:alt|alle|noget|nogen|oplysning\w*)\b")
"""Behind a negation it says no to everything."""

BORDER = _any(
    r",(?! (?:at|som|der|hvad|hvilke|hvor\w*|om)\b)",
    r"[;:()/\N{EN DASH}\N{EM DASH}\n]",
    " - ",
    r"[.!](?= +[A-ZÆØÅ]|$)",
    r"\b([Mm]en|[Dd]og|[Dd]erimod|(?<![Ii]kke )[Kk]un)\b",
)
"""Where a part of a text ends; a comma before `at` or `hvad` is within one."""

_FILLERS = """
samtykke samtykker giver give gives givet videregive videregivelse videregives fortælle fortæller fortælles sige siger
sagt oplyse oplyser sende sender sendes dele deler deles skrive skriver udlevere udleveres kontakte kontakt få får have
har vil ønsker ønske må skal kan gerne ja tak nej kun også godt fint ok at til fra i jer du vi man nogen noget nogle som
helst slet overhovedet arbejdsgiver arbejdsgiveren arbejdsgiverens chef chefen læge lægen lægens kommune kommunen
jobcenter jobcentret jobcenteret arbejdspladsen praktikstedet virksomheden firmaet borger borgeren selv nu her endnu
længere mere måde grund lov ret accepterer tillader bør hold ved med ind ud fordi omstændigheder under undtagen undtaget
alligevel rigtig heller stadig endelig min mit mine os bare blot
"""
FILLERS = frozenset(_FILLERS.split())
"""Words of giving and telling, and of who does it: they name no data."""
