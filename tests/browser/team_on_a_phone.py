"""Somebody of the team, signed in on a phone: the running house is told by a process of its own, as the desk would."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from tests.browser.phones import Phone
from tests.rooms.site_process import Running

_SIGN_IN = """
import json, sys
import django
django.setup()
from django.test import Client
from stepitup.roster.models import Account, Helper
name, roles = sys.argv[1], json.loads(sys.argv[2])
helper = None if any(roles.values()) else Helper.objects.get(key=name)
account, _ = Account.objects.update_or_create(name=name, defaults={"helper": helper, **roles})
client = Client()
client.force_login(account)
print(json.dumps([(cookie.key, cookie.value) for cookie in client.cookies.values()]))
"""


def signs_in(phone: Phone, house: Running, name: str, **roles: bool) -> None:
    """As the helper of this key; or as somebody who helps nobody, in these roles, such as `is_coordinator=True`."""
    for key, value in json.loads(_signed_in(house.data, name, json.dumps(roles))):
        phone.context.add_cookies(
            [{"name": key, "value": value, "domain": "localhost", "path": "/team/", "secure": True, "httpOnly": True}]
        )


@cache
def _signed_in(data: Path, name: str, roles: str) -> str:
    """Once for each of them: that process costs more than all the screens that are opened with it."""
    ours = {**os.environ, "STEPITUP_DATA": str(data), "DJANGO_SETTINGS_MODULE": "stepitup.site.settings"}
    ours |= {"STEPITUP_SITE_KEY_FILE": str(data / "secrets" / "site-key")}
    command = [sys.executable, "-c", _SIGN_IN, name, roles]
    return subprocess.run(command, env=ours, check=True, capture_output=True, text=True).stdout
