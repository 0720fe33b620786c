"""Is a machine outside? No address that somebody gives us makes this house speak with itself or its neighbours."""

from collections.abc import Iterable
from ipaddress import IPv6Address, IPv6Network, ip_address

# Addresses of the old kind come wrapped in the new kind; what counts is what is inside.
_TRANSLATED = IPv6Network("64:ff9b::/96")


def are_outside(addresses: Iterable[str]) -> bool:
    """Whether all of these are machines on the public net; one that is not is enough to say no."""
    return all(_is_outside(address) for address in addresses)


def _is_outside(written: str) -> bool:
    try:
        address = ip_address(written.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            return _is_outside(str(ip_address(int(address) & 0xFFFFFFFF)))
        if inner is not None:
            return _is_outside(str(inner))
        if address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast
