"""What every screen needs to know."""

from typing import Any

from django.http import HttpRequest

from stepitup.ground.team import team


def on_every_screen(request: HttpRequest) -> dict[str, Any]:
    """The team, and whether it is night by the person's own choice (`night`, `day`, or empty: as the device says)."""
    light = request.COOKIES.get("light", "")
    return {"team": team(), "light": light if light in {"night", "day"} else ""}
