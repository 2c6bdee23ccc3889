"""Who may generate: keys and persons, answered from memory, told anew when the database changes.

A refusal is never given from memory: it is looked up afresh, so that somebody who has just
accepted the agreement, or just got a key, is let in at once.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

import msgspec

from hegui.gateway import refusals
from hegui.gateway.errors import GatewayError
from hegui.people.api_keys import Key, find_key
from hegui.people.applications import Application, list_applications
from hegui.people.errors import PeopleError
from hegui.people.persons import Person, find_or_register
from hegui.store import Store, changes
from hegui.vault import PersonKeys
from hegui.vault.seal import Sealer
from hegui.world import World

_K = TypeVar("_K")
_V = TypeVar("_V")
#: Persons kept in memory; about 1 KB each.
_MOST_PERSONS = 20_000
_MOST_KEYS = 10_000
#: A change notice may be committed late; the last minute is read again.
_LATE_MS = 60_000


class Admitted(msgspec.Struct, frozen=True):
    """Who asks, and the key under which their text is sealed."""

    application: Application
    key_id: str
    person: Person
    sealer: Sealer


class Admission:
    """Answers who may generate.

    Args:
        store: the database.
        person_keys: the store of keys.
        world: clock and randomness.
        agreement: the version in force.
        agreement_link: makes a signed address where a person (by id) can accept.
    """

    def __init__(
        self,
        store: Store,
        person_keys: PersonKeys,
        world: World,
        agreement: Callable[[], int],
        agreement_link: Callable[[str], str],
    ) -> None:
        self._store = store
        self._person_keys = person_keys
        self._world = world
        self._agreement = agreement
        self._link = agreement_link
        #: By the header that carries the key.
        self._keys: OrderedDict[bytes, tuple[Key, Application]] = OrderedDict()
        self._persons: OrderedDict[tuple[str, str], tuple[Person, Sealer]] = OrderedDict()
        self._by_id: dict[str, tuple[str, str]] = {}
        self._seen: dict[int, int] = {}
        #: Counts the rounds in which something changed; what was looked up before is not kept.
        self._round = 0

    async def key(self, authorization: bytes) -> tuple[Key, Application]:
        """The application's key, and the application.

        Args:
            authorization: the header of that name, as it came; empty: none came.

        Raises:
            GatewayError: 401 ``key_missing``, ``key_invalid``, ``key_expired`` or
                ``key_revoked``; 400 ``header_unreadable``.
        """
        now = self._world.now()
        try:
            known = self._keys.get(authorization)
            if known is None:
                secret = _bearer(authorization)
                before = self._round
                known = await asyncio.to_thread(self._find_key, secret, now)
                if before == self._round:
                    _remember(self._keys, authorization, known, _MOST_KEYS)
            known[0].check(now)
        except PeopleError as error:
            raise GatewayError(error.code, status=401, zh=error.zh, en=error.en) from None
        return known

    async def admit(self, key: tuple[Key, Application], pseudonym: str) -> Admitted:
        """The person, registered on first use.

        Raises:
            GatewayError: 400 ``person_required`` or ``person_not_pseudonym``; 403
                ``agreement_required`` (with the address to accept at) or ``person_suspended``
                (with the reasons).
        """
        application = key[1]
        pseudonym = pseudonym.strip()  # as registered, so that a person has one name here
        known = self._persons.get((application.id, pseudonym))
        if known is None or not self._may(known[0]):
            known = await self._look_up(application.id, pseudonym)
            if known[0].is_suspended(self._world.now()):
                raise _suspended(known[0])
            if not self._may(known[0]):
                raise self._agreement_required(known[0])
        person, sealer = known
        return Admitted(application, key[0].id, person, sealer)

    async def refresh(self) -> set[str]:
        """Forget what the database says has changed.

        Returns:
            The topics that changed, for others who keep things in memory.
        """
        now = self._world.now()
        found = await asyncio.to_thread(changes.since, self._store, now - _LATE_MS)
        fresh = [(seq, topic, key) for seq, topic, key in found if seq not in self._seen]
        for seq, topic, key in fresh:
            self._seen[seq] = now
            if topic == "person" and key in self._by_id:
                self._persons.pop(self._by_id.pop(key), None)
            elif topic in ("key", "application"):
                self._keys.clear()
        self._round += bool(fresh)
        self._seen = {seq: at for seq, at in self._seen.items() if at > now - 2 * _LATE_MS}
        return {topic for _, topic, _ in fresh}

    def _may(self, person: Person) -> bool:
        current = self._agreement()
        return person.accepted == current and not person.is_suspended(self._world.now())

    def _find_key(self, secret: str, now: int) -> tuple[Key, Application]:
        key = find_key(self._store, secret, now)
        applications = {one.id: one for one in list_applications(self._store)}
        return key, applications[key.application_id]

    async def _look_up(self, application_id: str, pseudonym: str) -> tuple[Person, Sealer]:
        if not pseudonym:
            raise GatewayError(
                "person_required",
                status=400,
                zh="请求没有说明最终用户。请用 Hegui-Person 头(或 safety_identifier、user 字段)"
                "传入你方自定的代号。",
                en="The request does not name its end user. Send your own pseudonym in the "
                "Hegui-Person header (or the field safety_identifier or user).",
            )
        before = self._round
        try:
            person, vault_key = await asyncio.to_thread(
                find_or_register,
                self._store,
                self._person_keys,
                self._world,
                application_id,
                pseudonym,
            )
        except PeopleError as error:
            raise GatewayError(error.code, status=400, zh=error.zh, en=error.en) from None
        found = (person, Sealer(vault_key))
        if before != self._round:
            return found
        name = (application_id, pseudonym)
        forgotten = _remember(self._persons, name, found, _MOST_PERSONS)
        if forgotten is not None:
            self._by_id.pop(forgotten[0].id, None)
        self._by_id[person.id] = name
        return found

    def _agreement_required(self, person: Person) -> GatewayError:
        address = self._link(person.id)
        return GatewayError(
            "agreement_required",
            status=403,
            zh=f"此人尚未接受现行服务协议。请让其在十分钟内打开并阅读后接受：{address}",
            en=f"This person has not accepted the current service agreement. "
            f"Let them read and accept it within ten minutes at {address}",
            extra={"agreement": self._agreement(), "address": address},
        )


def _bearer(authorization: bytes) -> str:
    """The application key in a header."""
    try:
        scheme, _, secret = authorization.decode().partition(" ")
    except UnicodeDecodeError:
        raise refusals.header_unreadable("authorization") from None
    secret = secret.strip()
    if not secret or scheme.lower() != "bearer":
        raise refusals.key_missing()
    return secret


def _suspended(person: Person) -> GatewayError:
    return GatewayError(
        "person_suspended",
        status=403,
        zh="此人的使用已由人工决定暂停，理由与申诉方式见 hegui.reasons。",
        en="A person decided to suspend this user; the reasons and how to appeal are in "
        "hegui.reasons.",
        extra={"reasons": person.reasons},
    )


def _remember(memory: OrderedDict[_K, _V], name: _K, value: _V, most: int) -> _V | None:
    memory[name] = value
    if len(memory) > most:
        return memory.popitem(last=False)[1]
    return None
