"""Words that several rooms share and that the API publishes. A word is added here once, or it does not exist."""

from enum import StrEnum
from typing import Final

UNKNOWN: Final = "unknown"
FAMILIES: Final = "families"  # the one word of SERVICES by which somebody else's agency is left out


class Kind(StrEnum):
    """The four roles that help."""

    PEER = "peer"
    CHAPLAIN = "chaplain"
    CLINICIAN = "clinician"
    COORDINATOR = "coordinator"


ANYONE: Final = "anyone"
WANTS: Final = (Kind.PEER.value, Kind.CHAPLAIN.value, Kind.CLINICIAN.value, ANYONE)

# The keys of `covers_vocabulary` in the law file; a test in the room `limits` holds the two together.
SERVICES: Final = (
    "law_enforcement",
    "fire",
    "ems",
    "dispatch",
    "corrections",
    "probation_parole",
    "civilian_staff",
    FAMILIES,
    "chaplains",
    "hospital",
    "national_guard",
    "emergency_management",
    "other",
)
EMPLOYERS: Final = ("local", "state", "federal", "tribal", "private", "volunteer")

# A band, not a rank: enough to know who is above whom, too little to point at one person.
RANK_BANDS: Final = ("civilian", "line", "supervisor", "command")

# ISO 3166-2 codes of the states and the District of Columbia.
STATES: Final = {
    "US-AL": "Alabama",
    "US-AK": "Alaska",
    "US-AZ": "Arizona",
    "US-AR": "Arkansas",
    "US-CA": "California",
    "US-CO": "Colorado",
    "US-CT": "Connecticut",
    "US-DE": "Delaware",
    "US-DC": "District of Columbia",
    "US-FL": "Florida",
    "US-GA": "Georgia",
    "US-HI": "Hawaii",
    "US-ID": "Idaho",
    "US-IL": "Illinois",
    "US-IN": "Indiana",
    "US-IA": "Iowa",
    "US-KS": "Kansas",
    "US-KY": "Kentucky",
    "US-LA": "Louisiana",
    "US-ME": "Maine",
    "US-MD": "Maryland",
    "US-MA": "Massachusetts",
    "US-MI": "Michigan",
    "US-MN": "Minnesota",
    "US-MS": "Mississippi",
    "US-MO": "Missouri",
    "US-MT": "Montana",
    "US-NE": "Nebraska",
    "US-NV": "Nevada",
    "US-NH": "New Hampshire",
    "US-NJ": "New Jersey",
    "US-NM": "New Mexico",
    "US-NY": "New York",
    "US-NC": "North Carolina",
    "US-ND": "North Dakota",
    "US-OH": "Ohio",
    "US-OK": "Oklahoma",
    "US-OR": "Oregon",
    "US-PA": "Pennsylvania",
    "US-RI": "Rhode Island",
    "US-SC": "South Carolina",
    "US-SD": "South Dakota",
    "US-TN": "Tennessee",
    "US-TX": "Texas",
    "US-UT": "Utah",
    "US-VT": "Vermont",
    "US-VA": "Virginia",
    "US-WA": "Washington",
    "US-WV": "West Virginia",
    "US-WI": "Wisconsin",
    "US-WY": "Wyoming",
}
