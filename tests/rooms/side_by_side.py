"""Several people at once: each job in a thread of its own, all let go at the same instant."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def side_by_side(*jobs: Callable[[], T]) -> list[T | Exception]:
    """Do these jobs at once; what each returned or raised, in their order."""
    start = threading.Barrier(len(jobs))
    outcomes: dict[int, T | Exception] = {}

    def do(number: int, job: Callable[[], T]) -> None:
        try:
            start.wait(timeout=10)
            outcomes[number] = job()
        except Exception as trouble:
            outcomes[number] = trouble
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair, daemon=True) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(outcomes) == len(jobs), "somebody never came to an end"
    return [outcomes[number] for number in range(len(jobs))]
