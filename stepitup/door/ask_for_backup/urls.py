"""The caller's addresses. Nothing secret stands in any of them."""

from django.urls import path

from stepitup.door.ask_for_backup import back, deeds, first, reach, saying

urlpatterns = [
    path("", first.first_screen, name="first"),
    path("first", first.choose_first, name="choose-first"),
    path("family", first.family, name="family"),
    path("back", back.back, name="back"),
    path("call", first.call, name="call"),
    path("call/who", saying.who, name="who"),
    path("call/work", saying.work, name="work"),
    path("call/matters", saying.matters, name="matters"),
    path("call/limits", saying.limits, name="call-limits"),
    path("call/step-up", deeds.step_up, name="step-up"),
    path("call/not-this-person", deeds.not_this_person, name="not-this-person"),
    path("call/suggestion", deeds.suggestion, name="suggestion"),
    path("call/stand-down", deeds.stand_down, name="stand-down"),
    path("call/number", reach.number, name="number"),
    path("call/where", reach.where, name="where"),
]
