"""The addresses of a helper's way. Nothing secret stands in a path but a page's key, and that can only answer."""

from django.urls import path

from stepitup.door.answer_a_page import afterwards, page, seat, test_of_a_way, way_in

urlpatterns = [
    path("p/<str:key>", page.show),
    path("p/<str:key>/acknowledge", page.acknowledge),
    path("p/<str:key>/decline", page.decline),
    path("s/<str:key>", way_in.way_in),
    path("p/<str:key>/reached", test_of_a_way.reached),
    path("seat", seat.show),
    path("seat/joined", seat.joined),
    path("seat/this-device", seat.this_device),
    path("seat/elsewhere", seat.elsewhere),
    path("seat/hand-back", seat.hand_back),
    path("seat/ring", seat.join_by_ring),
    path("seat/finished", seat.finished),
    path("seat/not-a-call", seat.not_a_call),
    path("seat/hand-off", seat.hand_off),
    path("seat/at-hand", seat.at_hand),
    path("seat/limit-reached", seat.limit_reached),
    path("seat/gone", seat.gone),
    path("seat/hard-news", seat.hard_news),
    path("seat/how-are-you", seat.how_are_you),
    path("seat/rest", afterwards.rest),
    path("seat/fine", afterwards.fine),
]
