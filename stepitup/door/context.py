"""What every screen needs to know."""

from typing import Any

from django.http import HttpRequest

from stepitup.ground.team import team


def on_every_screen(request: HttpRequest) -> dict[str, Any]:
    """The team; night or day by the person's own choice (empty: as the device says); where the switch comes back to."""
    light = request.COOKIES.get("light", "")
    return {"team": team(), "light": light if light in {"night", "day"} else "", "here": request.path}
