"""Is it the machine itself? What goes there passes no network, and is gone when the machine is."""

from ipaddress import ip_address


def is_this_machine(host: str) -> bool:
    """Whether this name or address is the machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
