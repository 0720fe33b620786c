"""The verbs of a call. Each takes `now` first and stands in one transaction: `deed(actions.stand_down, call_id)`."""

from stepitup.calls.actions.by_a_helper import (
    Seated,
    acknowledge,
    decline,
    finished,
    hand_back,
    hand_off,
    joined,
    not_a_call_for_backup,
    rest_until,
)
from stepitup.calls.actions.by_the_caller import (
    answer_suggestion,
    limits_read,
    not_this_person,
    stand_down,
    step_up,
)
from stepitup.calls.actions.by_time import (
    escalate,
    expire,
    fill,
    forget,
    nobody_joined,
    page_fell_through,
    release,
)
from stepitup.calls.actions.opening import (
    Opened,
    Press,
    call_for_backup,
    come_back,
    take_number_back,
    tell,
    tell_place,
)

__all__ = [
    "Opened",
    "Press",
    "Seated",
    "acknowledge",
    "answer_suggestion",
    "call_for_backup",
    "come_back",
    "decline",
    "escalate",
    "expire",
    "fill",
    "finished",
    "forget",
    "hand_back",
    "hand_off",
    "joined",
    "limits_read",
    "nobody_joined",
    "not_a_call_for_backup",
    "not_this_person",
    "page_fell_through",
    "release",
    "rest_until",
    "stand_down",
    "step_up",
    "take_number_back",
    "tell",
    "tell_place",
]
