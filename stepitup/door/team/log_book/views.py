"""The screens of the log book. Reading it changes nothing and is not written down."""

from datetime import timedelta
from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from stepitup.door.team.log_book.lines import in_words
from stepitup.door.team.screens import team_screen
from stepitup.door.team.who import Me, Role
from stepitup.door.team.whole_team import for_the_whole_team
from stepitup.ground import clock, log_book
from stepitup.ground.log_book.checking import faults_in
from stepitup.ground.log_book.looking import heads_of, lines_of
from stepitup.ground.log_book.writing import deleted_on

_ROLES = (Role.COORDINATOR, Role.CLINICAL_LEAD, Role.OPERATOR)
_ON_A_SCREEN = 30
_A_DAY = timedelta(days=1)


@for_the_whole_team(*_ROLES)
def read(request: HttpRequest, me: Me) -> HttpResponse:
    """One year's book, the newest line first; whether it is as it was written; the card of today."""
    books = log_book.books()
    year = _year(request, books)
    if year is None:
        return team_screen(request, me, "log_book/empty.html")
    pages = Paginator(log_book.entries(year).reverse(), _ON_A_SCREEN)
    page = pages.get_page(request.GET.get("page"))
    told = {
        "year": year,
        "others": [book for book in books if book != year],
        "page": page,
        "lines": in_words(list(page.object_list)),
        "faults": len(faults_in(lines_of(year), heads_of(year))),
        "kept_until": deleted_on(year) - _A_DAY,
        "card": log_book.head_now(year),
    }
    return team_screen(request, me, "log_book/read.html", told)


@for_the_whole_team(*_ROLES)
def card(request: HttpRequest, _me: Me) -> HttpResponse:
    """The head of a book as a file, to keep where nobody here can reach it."""
    year = _year(request, log_book.books())
    if year is None:
        raise Http404
    name = f"log-book-{year}-{clock.now():%Y-%m-%d}.txt"
    answer = HttpResponse(log_book.head_now(year), content_type="text/plain; charset=utf-8", status=HTTPStatus.OK)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _year(request: HttpRequest, books: list[int]) -> int | None:
    """The year that was asked for, or the newest; None where no book was begun. Raises Http404 for one not kept."""
    asked = request.GET.get("year", "")
    if not asked:
        return books[0] if books else None
    for book in books:
        if asked == str(book):
            return book
    raise Http404
