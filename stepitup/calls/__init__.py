"""A call for backup and its life: a responder presses, people are paged, one answers, and it never ends in silence.

The rules are plain functions of plain values (`plan`, `next_move`, `life`, `changes`); `store` keeps what they decide;
`actions` are the verbs that the door and the watch use, `questions` what they may see. The contract is docs/call.md.
"""
