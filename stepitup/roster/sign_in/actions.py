"""What can be done about signing in. Each is one deed: `now` first, all or nothing."""

from datetime import datetime

from stepitup.roster.sign_in.models import SignedIn


def sign_out_everywhere(now: datetime, account: int) -> int:
    """Whoever is signed in with this account is signed out at once, in each browser; return in how many."""
    browsers, _by_table = SignedIn.objects.filter(account=account).delete()
    return browsers


def forget(now: datetime) -> int:
    """Delete what has had its day; return how many rows."""
    browsers, _by_table = SignedIn.objects.filter(ends_at__lte=now).delete()
    return browsers
