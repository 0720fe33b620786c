"""What `stepitup check` says, for the operator's screen: the roof knows both entrances, and they not each other."""

import importlib
from datetime import datetime

from stepitup.door.team.machine.views import Looked, Said
from stepitup.ground.team import team


def what_check_says(now: datetime) -> Looked:
    """Look at everything. The desk is opened by name when it is asked for: a start does not wait for it."""
    desk = importlib.import_module("stepitup.desk.check")
    last = importlib.import_module("stepitup.desk.last_copy").last_copy(team().data)
    lines = [Said(found.weight == "MISSING", found.what, found.to_do) for found in desk.everything(now)]
    return Looked(lines, last.made_at if last else None)
