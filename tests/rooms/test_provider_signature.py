"""How a provider's own requests are known: Twilio's published example, and everything that must not pass for one."""

import pytest

from stepitup.paging.carriers.provider.signature import is_signed, signature_of

pytestmark = pytest.mark.only_on("sqlite")

# The example in Twilio's "Webhooks security".
TOKEN = "12345"
ADDRESS = "https://mycompany.com/myapp.php?foo=1&bar=2"
SENT = {
    "CallSid": ["CA1234567890ABCDE"],
    "Caller": ["+14158675309"],
    "Digits": ["1234"],
    "From": ["+14158675309"],
    "To": ["+18005551212"],
}
SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def passes(signature: str = SIGNATURE, address: str = ADDRESS, token: str = TOKEN, **more: list[str]) -> bool:
    return is_signed(signature, address, SENT | more, tokens=[token])


def test_the_published_example_is_signed() -> None:
    assert signature_of(TOKEN, ADDRESS, SENT) == SIGNATURE
    assert passes()


@pytest.mark.parametrize(
    "address",
    ["https://mycompany.com:443/myapp.php?foo=1&bar=2", "https://mycompany.com/myapp.php?foo=1&bar=2"],
)
def test_the_standard_port_may_stand_there_or_not(address: str) -> None:
    assert passes(address=address)
    assert passes(signature_of(TOKEN, "https://mycompany.com:443/myapp.php?foo=1&bar=2", SENT), address)


def test_what_is_said_twice_counts_once_in_whatever_order() -> None:
    assert passes(signature_of(TOKEN, ADDRESS, SENT | {"Media": ["a", "b"]}), Media=["b", "a", "b"])


def test_what_was_changed_on_the_way_is_not() -> None:
    assert not passes(Digits=["1"])
    assert not passes(More=["x"])
    assert not passes(address="https://mycompany.com/myapp.php?foo=1&bar=3")
    assert not passes(address="http://mycompany.com/myapp.php?foo=1&bar=2")
    assert not passes(token="54321")
    assert not passes("")
    assert not passes("no signature at all, nor ASCII: é")


def test_a_house_without_a_provider_knows_nobody() -> None:
    assert not is_signed(SIGNATURE, ADDRESS, SENT, tokens=[])


def test_either_of_two_providers_is_known() -> None:
    assert is_signed(SIGNATURE, ADDRESS, SENT, tokens=["another", TOKEN])
