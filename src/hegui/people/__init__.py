"""Applications and their keys, persons by pseudonym, agreements, links and accounts."""

from hegui.people import agreements, api_keys, applications, links, persons, pseudonym
from hegui.people.accounts import SESSION_MS, Account, Accounts
from hegui.people.agreement_text import default_text
from hegui.people.agreements import Agreement
from hegui.people.api_keys import Key
from hegui.people.applications import Application
from hegui.people.errors import PeopleError
from hegui.people.links import LINK_MS
from hegui.people.persons import Person
from hegui.people.reasons import Reasons
from hegui.vault import CHAT

__all__ = [
    "CHAT",
    "LINK_MS",
    "SESSION_MS",
    "Account",
    "Accounts",
    "Agreement",
    "Application",
    "Key",
    "PeopleError",
    "Person",
    "Reasons",
    "agreements",
    "api_keys",
    "applications",
    "default_text",
    "links",
    "persons",
    "pseudonym",
]
