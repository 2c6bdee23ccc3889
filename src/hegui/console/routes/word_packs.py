"""``/word-packs``: the packs in force, their words, and how they come and go."""

import asyncio
import re
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from hegui.console.actions import Action
from hegui.console.guard import guarded
from hegui.console.house import House
from hegui.console.pages import Pages
from hegui.console.reading.names import staff_names
from hegui.console.upload import upload
from hegui.console.words import speaker
from hegui.errors import HeguiError
from hegui.people import PeopleError, pack_drafts, word_packs
from hegui.people.pack_list import MOST_EARLIER, PackList
from hegui.people.staff import Staff
from hegui.screen import Pack
from hegui.screen.pack import MOST_BYTES, MOST_WORDS
from hegui.web import bounded
from hegui.web.categories import category
from hegui.web.language import chosen

#: Words on one page.
PAGE = 200
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UPLOAD_SECONDS = 300.0
_FORM_BYTES, _FORM_SECONDS = 16_384, 30.0


class WordPacks:
    """Word packs in force."""

    def __init__(self, house: House, pages: Pages) -> None:
        self._house = house
        self._pages = pages
        self._list = PackList(house.store, house.settings)

    def routes(self) -> list[Route]:
        """The routes of this module."""
        read, manage = Action.READ_WORDS, Action.MANAGE_WORDS
        draft, one = "/word-packs/draft", "/word-packs/{digest}"
        return [
            guarded("/word-packs", self._show, read),
            guarded(draft, self._draft, manage),
            guarded(draft, self._upload, manage, ("POST",)),
            guarded(f"{draft}/put", self._put, manage, ("POST",)),
            guarded(f"{draft}/drop", self._drop, manage, ("POST",)),
            guarded(one, self._one, read),
            guarded(f"{one}/restore", self._ask_restore, manage),
            guarded(f"{one}/restore", self._restore, manage, ("POST",)),
            guarded(f"{one}/withdraw", self._ask_withdraw, manage),
            guarded(f"{one}/withdraw", self._withdraw, manage, ("POST",)),
        ]

    async def _show(self, request: Request, who: Staff) -> Response:
        return await self._packs(request, who)

    async def _packs(
        self, request: Request, who: Staff, *, wrong: HeguiError | None = None, file: str = ""
    ) -> Response:
        store = self._house.store
        listed, earlier, draft = await asyncio.gather(
            asyncio.to_thread(self._list.listing),
            asyncio.to_thread(self._list.earlier),
            asyncio.to_thread(pack_drafts.waiting, store, who.id),
        )
        names = await asyncio.to_thread(staff_names, store, (p.by for p in [*listed, *earlier]))
        return await self._page(
            request,
            who,
            "word_packs",
            status=400 if wrong else 200,
            listed=listed,
            earlier=earlier,
            most_earlier=MOST_EARLIER,
            draft=draft,
            names=names,
            wrong=wrong,
            file=file,
            done=request.query_params.get("done", ""),
            most_bytes=MOST_BYTES >> 20,
            most_words=MOST_WORDS,
        )

    async def _upload(self, request: Request, who: Staff) -> Response:
        file, data = await upload(request, "file", MOST_BYTES, _UPLOAD_SECONDS)
        store, world = self._house.store, self._house.world
        try:
            if not file:
                raise _none_chosen()
            await asyncio.to_thread(pack_drafts.keep, store, world, who.id, file, data)
        except HeguiError as error:
            return await self._packs(request, who, wrong=error, file=file)
        return RedirectResponse("/word-packs/draft", status_code=303)

    async def _draft(self, request: Request, who: Staff) -> Response:
        draft = await asyncio.to_thread(pack_drafts.draft, self._house.store, who.id)
        if draft is None:
            return RedirectResponse("/word-packs", status_code=303)
        return await self._change(request, who, draft.pack, draft=draft)

    async def _put(self, request: Request, who: Staff) -> Response:
        """Put the draft in force, if it and what it replaces are what the form showed."""
        form = await bounded.form(request, _FORM_BYTES, _FORM_SECONDS)
        store = self._house.store
        draft = await asyncio.to_thread(pack_drafts.draft, store, who.id)
        if draft is None:
            return RedirectResponse("/word-packs", status_code=303)
        pack = draft.pack
        if not await self._as_shown(form, pack):
            return await self._change(request, who, pack, draft=draft, moved=True)
        await asyncio.to_thread(
            word_packs.add, store, self._house.world, draft.body, draft.form, by=who.id
        )
        await asyncio.to_thread(pack_drafts.drop, store, who.id)
        return RedirectResponse(f"/word-packs/{pack.digest}?done=put", status_code=303)

    async def _drop(self, _request: Request, who: Staff) -> Response:
        await asyncio.to_thread(pack_drafts.drop, self._house.store, who.id)
        return RedirectResponse("/word-packs?done=dropped", status_code=303)

    async def _one(self, request: Request, who: Staff) -> Response:
        number = request.query_params.get("page", "1")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        page = max(page, 1)
        start = (page - 1) * PAGE
        digest = _digest(request)
        try:
            pack, words = await asyncio.to_thread(self._list.words, digest, start, PAGE)
        except HeguiError:
            # Not there, or a file of the settings that was changed since the service started.
            raise HTTPException(404) from None
        names = await asyncio.to_thread(staff_names, self._house.store, [pack.by])
        return await self._page(
            request,
            who,
            "word_pack",
            it=pack,
            words=words,
            start=start,
            page=page,
            pages=-(-pack.words // PAGE),
            by=names.get(pack.by or "", ""),
            done=request.query_params.get("done", ""),
        )

    async def _ask_restore(self, request: Request, who: Staff) -> Response:
        return await self._change(request, who, await self._stored(request))

    async def _restore(self, request: Request, who: Staff) -> Response:
        form = await bounded.form(request, _FORM_BYTES, _FORM_SECONDS)
        pack = await self._stored(request)
        if not await self._as_shown(form, pack):
            return await self._change(request, who, pack, moved=True)
        store, world = self._house.store, self._house.world
        await asyncio.to_thread(word_packs.restore, store, world, pack.digest, by=who.id)
        return RedirectResponse(f"/word-packs/{pack.digest}?done=put", status_code=303)

    async def _ask_withdraw(self, request: Request, who: Staff) -> Response:
        pack = await self._stored(request)
        old = await asyncio.to_thread(word_packs.standing, self._house.store, pack.name)
        if old is None or old.digest != pack.digest:
            return RedirectResponse(f"/word-packs/{pack.digest}", status_code=303)
        return await self._page(request, who, "word_pack_withdraw", it=pack)

    async def _withdraw(self, request: Request, _who: Staff) -> Response:
        pack = await self._stored(request)
        store = self._house.store
        old = await asyncio.to_thread(word_packs.standing, store, pack.name)
        if old is not None and old.digest == pack.digest:
            await asyncio.to_thread(word_packs.withdraw, store, self._house.world, pack.name)
        return RedirectResponse(f"/word-packs/{pack.digest}?done=withdrawn", status_code=303)

    async def _change(
        self,
        request: Request,
        who: Staff,
        pack: Pack,
        *,
        draft: pack_drafts.Draft | None = None,
        moved: bool = False,
    ) -> Response:
        """What putting a pack in force would change, in numbers."""
        old = await asyncio.to_thread(word_packs.standing, self._house.store, pack.name)
        total, by = await asyncio.to_thread(pack_drafts.changes, old, pack)
        return await self._page(
            request,
            who,
            "word_pack_change",
            status=409 if moved else 200,
            it=pack,
            draft=draft,
            old=old,
            total=total,
            by=by,
            moved=moved,
        )

    async def _as_shown(self, form: dict[str, str], pack: Pack) -> bool:
        """Whether the pack, and the one it replaces, are those that the form was shown with."""
        old = await asyncio.to_thread(word_packs.standing, self._house.store, pack.name)
        over = "" if old is None else old.digest
        return form.get("digest") == pack.digest and form.get("over", "") == over

    async def _stored(self, request: Request) -> Pack:
        """The stored pack that the address names.

        Raises:
            HTTPException: 404.
        """
        pack = await asyncio.to_thread(word_packs.stored, self._house.store, _digest(request))
        if pack is None:
            raise HTTPException(404)
        return pack

    async def _page(self, request: Request, who: Staff, name: str, **values: Any) -> Response:
        say = speaker(chosen(request))
        return await self._pages.page(
            request, who, name, category=lambda harm: category(harm, say), **values
        )


def _digest(request: Request) -> str:
    """The digest in the address.

    Raises:
        HTTPException: 404 for what is none.
    """
    digest = str(request.path_params["digest"])
    if not _DIGEST.fullmatch(digest):
        raise HTTPException(404)
    return digest


def _none_chosen() -> PeopleError:
    return PeopleError(
        "pack_not_chosen",
        zh="没有选择文件，什么都没有改变。请选择一个 .toml 或 .csv 文件。",
        en="No file was chosen; nothing changed. Choose a .toml or .csv file.",
    )
