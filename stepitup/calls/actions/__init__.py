"""The verbs of a call. Each takes `now` first and stands in one transaction: `deed(actions.stand_down, call_id)`."""

from stepitup.calls.actions.by_a_carrier import note_delivery
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
from stepitup.calls.actions.by_a_test import it_reached_me
from stepitup.calls.actions.by_reply import key_pressed, reply, stop_texts
from stepitup.calls.actions.by_the_caller import (
    answer_suggestion,
    not_this_person,
    stand_down,
    step_up,
)
from stepitup.calls.actions.by_the_reader import limits_read
from stepitup.calls.actions.by_time import (
    MENDED_AT_ONCE,
    escalate,
    escalate_all,
    expire,
    fill,
    forget,
    hold_call_of,
    let_rest,
    mend,
    nobody_joined,
    page_fell_through,
    release,
)
from stepitup.calls.actions.joining_by_ring import (
    done_by_ring,
    goes_on_by_ring,
    join_by_ring,
    joined_by_ring,
    pass_on_by_ring,
    ring_has_ended,
)
from stepitup.calls.actions.lost_ways import lose_way
from stepitup.calls.actions.opening import (
    Opened,
    Press,
    call_for_backup,
    come_back,
    rehearse,
    take_number_back,
    tell,
    tell_place,
)
from stepitup.calls.actions.still_there import ask_whether_still_there
from stepitup.calls.actions.the_team import bring_roster_part
from stepitup.calls.actions.ways_in import come_in, make_way_in, open_elsewhere

__all__ = [
    "MENDED_AT_ONCE",
    "Opened",
    "Press",
    "Seated",
    "acknowledge",
    "answer_suggestion",
    "ask_whether_still_there",
    "bring_roster_part",
    "call_for_backup",
    "come_back",
    "come_in",
    "decline",
    "done_by_ring",
    "escalate",
    "escalate_all",
    "expire",
    "fill",
    "finished",
    "forget",
    "goes_on_by_ring",
    "hand_back",
    "hand_off",
    "hold_call_of",
    "it_reached_me",
    "join_by_ring",
    "joined",
    "joined_by_ring",
    "key_pressed",
    "let_rest",
    "limits_read",
    "lose_way",
    "make_way_in",
    "mend",
    "nobody_joined",
    "not_a_call_for_backup",
    "not_this_person",
    "note_delivery",
    "open_elsewhere",
    "page_fell_through",
    "pass_on_by_ring",
    "rehearse",
    "release",
    "reply",
    "rest_until",
    "ring_has_ended",
    "stand_down",
    "step_up",
    "stop_texts",
    "take_number_back",
    "tell",
    "tell_place",
]
