"""Passkeys in a real browser, with an authenticator of its own; and a phone that makes a key it cannot give away."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import CDPSession

from tests.browser.looking import Look
from tests.browser.phones import Phone, Phones
from tests.rooms.site_process import Running

_A_FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.only_on("sqlite")  # about no database: once is enough
def test_a_passkey_is_set_up_signs_in_and_when_it_is_lost_a_recovery_code_does(
    phones: Phones, program: Running, look: Look
) -> None:
    maria = phones.one()
    line, finger = has_a_sensor(maria)
    maria.opens(invitation(program, "--coordinator"))
    look.at(maria, "team invitation")
    maria.page.get_by_label("Choose a name").fill("maria")
    maria.presses("Go on")
    look.at(maria, "team choose how you sign in")
    maria.presses("Set up a passkey")
    look.at(maria, "team set up a passkey")
    maria.presses("Set it up now")
    maria.sees_heading("Your recovery codes")
    look.at(maria, "team recovery codes")
    code = maria.page.locator("ul.receipt li").first.inner_text()
    maria.presses("I have written them down")
    look.at(maria, "team how you sign in")
    maria.presses("Sign out everywhere")
    look.at(maria, "team sign in")
    maria.presses("Sign in with a passkey")
    maria.page.get_by_role("button", name="Sign out, maria").click()
    line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": finger})
    maria.presses("I lost my phone or passkey")
    look.at(maria, "team lost your phone")
    maria.page.get_by_label("Your sign-in name").fill("maria")
    maria.page.get_by_label("One of your recovery codes").fill(code)
    maria.presses("Sign in once")
    maria.sees_heading("How you sign in")


@pytest.mark.only_on("sqlite")
def test_a_phone_makes_a_key_that_it_cannot_give_away(phones: Phones, program: Running, look: Look) -> None:
    theo = phones.one()
    has_a_sensor(theo)
    theo.opens(invitation(program, "--helper", "theo"))  # nobody else of these tests signs in as him
    theo.page.get_by_label("Choose a name").fill("theo")
    theo.presses("Go on")
    theo.presses("Set up a passkey")
    theo.presses("Set it up now")
    theo.presses("I have written them down")
    theo.opens("/team/devices")
    theo.presses("Enrol this device")
    theo.sees("Waiting for the team’s root key.")
    look.at(theo, "team your devices")
    assert theo.page.evaluate(_WHAT_IS_KEPT) == [False, "InvalidAccessError"]


def has_a_sensor(phone: Phone) -> tuple[CDPSession, str]:
    """A finger on a sensor, as Chromium pretends it."""
    line = phone.context.new_cdp_session(phone.page)
    line.send("WebAuthn.enable")
    return line, str(line.send("WebAuthn.addVirtualAuthenticator", {"options": _A_FINGER})["authenticatorId"])


def invitation(program: Running, *words: str) -> str:
    """`stepitup invite …` beside the running house, and the address that it prints."""
    command = [sys.executable, "-m", "stepitup", "invite", *words, "--data", str(program.data)]
    environment = {**os.environ, "STEPITUP_PORT": str(program.port)}
    said = subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout
    [address] = re.findall(r"/team/invitation/\S+", said)
    return str(address)


_WHAT_IS_KEPT = """async () => {
  const open = indexedDB.open("team", 1);
  await new Promise((done) => { open.onsuccess = done; });
  const asked = open.result.transaction("own").objectStore("own").get("device");
  await new Promise((done) => { asked.onsuccess = done; });
  const hidden = asked.result.hidden;
  const why = await crypto.subtle.exportKey("pkcs8", hidden).then(() => "given away", (refused) => refused.name);
  return [hidden.extractable, why];
}"""
