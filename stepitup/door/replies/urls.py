"""The addresses that providers ask. A key here is an attempt's own; it can note one thing and open nothing."""

from django.urls import path

from stepitup.door.replies import joining, text, voice

urlpatterns = [
    path("replies/text", text.reply),
    path("replies/text/status/<str:key>", text.status),
    path("replies/join/<str:key>", joining.helper_picked_up),
    path("replies/join/<str:key>/ended", joining.rang_off),
    path("replies/join/<str:key>/after", joining.after),
    path("replies/join/<str:key>/after/ended", joining.after_rang_off),
    path("replies/join/<str:key>/after/key", joining.after_pressed),
    path("replies/join/<str:key>/caller", joining.caller_picked_up),
    path("replies/join/<str:key>/yes", joining.caller_pressed),
    path("replies/voice/house/<str:words>", voice.of_the_house),
    path("replies/voice/house/<str:words>/ended", voice.of_the_house_ended),
    path("replies/voice/<str:key>", voice.picked_up),
    path("replies/voice/<str:key>/key", voice.pressed),
    path("replies/voice/<str:key>/status", voice.ended),
]
