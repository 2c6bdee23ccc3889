"""The guard of every route: who asks, and whether their role may do what the route needs."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import Action, Role, may, who_may
from hegui.console.door import Door
from hegui.console.pages import Pages
from hegui.console.words import speaker
from hegui.people.staff import Staff
from hegui.web.language import chosen

#: What answers a guarded route: it is called for a member of staff who may.
Handler = Callable[[Request, Staff], Awaitable[Response]]


class Guarded(Route):
    """A route of the console that says what it needs.

    Attributes:
        needs: the one action; none only for what everybody may ask, such as the sign-in.
    """

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        needs: Action | None,
        methods: Sequence[str] = ("GET",),
    ) -> None:
        super().__init__(path, endpoint, methods=list(methods))
        self.needs = needs


class Guard:
    """Lets a member of staff through, or says why not. The app keeps it in ``app.state.guard``.

    Args:
        door: knows who asks.
        pages: renders the refusal.
    """

    def __init__(self, door: Door, pages: Pages) -> None:
        self._door = door
        self._pages = pages

    async def pass_on(self, request: Request, handler: Handler, needs: Action) -> Response:
        """The handler's answer, or a sign-in, or a refusal."""
        who = await self._door.staff(request)
        if who is None:
            return RedirectResponse(f"/sign-in?next={quote(_back(request))}", status_code=303)
        request.state.staff = who
        if not may(Role(who.role), needs):
            return self._refuse(request, who, needs)
        return await handler(request, who)

    def _refuse(self, request: Request, who: Staff, needs: Action) -> Response:
        say = speaker(chosen(request))
        roles = say("role.between").join(say(f"role.{role}") for role in who_may(needs))
        return self._pages.message(
            request,
            status=403,
            title=say("denied.title"),
            lines=[
                say("denied.text", action=say(f"action.{needs}"), role=say(f"role.{who.role}")),
                say("denied.who", roles=roles),
            ],
        )


def guarded(
    path: str, handler: Handler, needs: Action, methods: Sequence[str] = ("GET",)
) -> Guarded:
    """A route that only a member of staff who may reaches.

    Somebody not signed in is led to the sign-in and back; a role without the action gets a page
    that names the action and who may do it.
    """

    async def endpoint(request: Request) -> Response:
        guard: Guard = request.app.state.guard
        return await guard.pass_on(request, handler, needs)

    return Guarded(path, endpoint, needs=needs, methods=methods)


def open_to_all(
    path: str,
    endpoint: Callable[[Request], Awaitable[Response]],
    methods: Sequence[str] = ("GET",),
) -> Guarded:
    """A route for whoever asks, signed in or not."""
    return Guarded(path, endpoint, needs=None, methods=methods)


def _back(request: Request) -> str:
    """Where to come back to after the sign-in; a form that was sent can't be sent again."""
    if request.method != "GET":
        return "/"
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")
