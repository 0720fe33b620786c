"""`stepitup plan check`: is the team's plan file good, and has each step somebody at this moment?"""

import argparse

from stepitup.calls.plan_file import read_plan
from stepitup.desk.checking.finding import is_ready, say
from stepitup.desk.checking.plan import about_the_steps
from stepitup.desk.plan_show import say_mistakes
from stepitup.ground import clock
from stepitup.ground.team import team


def do(_options: argparse.Namespace) -> int:
    """Say what is empty; 1 when the file has mistakes or a step has nobody."""
    read = read_plan(team().data)
    say_mistakes(read)
    findings = list(about_the_steps(clock.now()))
    say(findings)
    if not findings:
        print("Each step of the plan has somebody at this moment.")
    return 0 if is_ready(findings) and not read.mistakes else 1
