"""The team: who helps, what they share with a caller, until when they may, when they are on duty, how to reach them.

And matching: who is asked first, and who is never asked. The roster knows no call and no caller. What a caller wishes
is handed in, used once to put helpers in order, and handed back.
"""
