"""The cast: who they are on the roster. Everybody here is invented."""

from dataclasses import dataclass, field

from stepitup.ground.subscription import Subscription

_AGENCIES = """\
[[agency]]
key = "cedar"
name = "Cedar Mesa Police Department"
also = ["Cedar Mesa PD", "CMPD"]
state = "US-CO"
time_zone = "America/Denver"

[[agency]]
key = "larkspur"
name = "Larkspur Bend Fire Rescue"
also = ["Larkspur Fire"]
state = "US-CO"
time_zone = "America/Denver"
"""

# A browser's keys as RFC 8291 prints them: a point on the curve, and its secret.
_POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
_AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
_TRIED = "confirmed = 2025-06-01\n"


@dataclass(frozen=True)
class Part:
    """One helper, as the roster's file writes them. `lines` are further lines of the file and may replace the usual."""

    key: str
    name: str
    kinds: tuple[str, ...]
    number: str
    lines: dict[str, str] = field(default_factory=dict)

    def address_by(self, carrier: str) -> str:
        """Where this carrier reaches them: the number, a mailbox, a browser on the phone, a topic in another app."""
        if carrier == "push":
            return Subscription(f"https://push.example/wp/{self.key}", _POINT, _AUTH).written()
        if carrier == "app":
            return f"ntfys://ntfy.example/a-long-random-topic-of-{self.key}"
        if carrier == "mail" and "@" not in self.number:
            return f"{self.key}@home.example"
        return self.number

    @property
    def addresses(self) -> frozenset[str]:
        """All of them."""
        return frozenset(map(self.address_by, ("text", "mail", "push", "app")))

    def in_file(self, *, ways: tuple[str, ...] = ("text",), **more: str) -> str:
        """A roster file with this helper alone; whoever is on the roster already stays."""
        lines = {
            "key": f'"{self.key}"',
            "display_name": f'"{self.name}"',
            "kinds": f"[{', '.join(repr(kind) for kind in self.kinds)}]",
            "credential": '"Certificate"',
            "certified_since": "2020-01-15",
            "certified_until": "2035-12-31",
            **self.lines,
            **more,
        }
        told = "".join(f"{word} = {value}\n" for word, value in lines.items())
        roads = "".join(
            f"[[helper.way]]\ncarrier = '{way}'\naddress = '{self.address_by(way)}'\n{_TRIED}" for way in ways
        )
        return f"{_AGENCIES}\n[[helper]]\n{told}{roads}"


def _officer(unit: str, **more: str) -> dict[str, str]:
    return {"agency": '"cedar"', "unit": f'"{unit}"', "rank_band": '"line"', "sworn": "true", **more}


_ALONE = {"independent": "true", "rank_band": '"civilian"', "sworn": "false"}
_OVER_ROSA = {"rank_band": '"supervisor"', "supervises": '[{ agency = "cedar", unit = "Patrol North" }]'}

SAM = Part(
    "sam",
    "Sam K.",
    ("peer",),
    "+13035550101",
    _officer(
        "Patrol East",
        full_name='"Samuel Karstadt"',
        team_number='"+1 303 555 0161"',
        **{"shares.shown": '["lost_a_partner"]', "shares.for_matching": '["drinking"]'},
    ),
)
INES = Part("ines", "Ines M.", ("peer",), "+13035550102", _officer("Patrol South", full_name='"Ines Marbella"'))
THEO = Part(
    "theo", "Theo B.", ("peer",), "+13035550103", {"agency": '"larkspur"', "rank_band": '"line"', "sworn": "false"}
)
DANIEL = Part("daniel", "Daniel P.", ("chaplain",), "+13035550104", _ALONE)
OKAFOR = Part("okafor", "Dr. Okafor", ("clinician",), "+13035550105", _ALONE)
MARIA = Part("maria", "Maria V.", ("coordinator",), "+13035550106", _officer("Training"))
LIEUTENANT = Part("ruiz", "Lt. Ruiz", ("peer",), "+13035550107", _officer("Patrol North") | _OVER_ROSA)
SERGEANT = Part("hale", "Sgt. Hale", ("peer", "coordinator"), "+13035550108", _officer("Patrol North") | _OVER_ROSA)
HUSBANDS_PARTNER = Part("gus", "Gus H.", ("peer",), "+13035550109", {"agency": '"larkspur"', "sworn": "false"})


def one_of_many(number: int) -> Part:
    """Somebody of a crowd."""
    return Part(f"peer-{number}", f"Peer {number}", ("peer",), f"+1303555{2000 + number}", _officer("Patrol West"))
