"""The machine API's own description (OpenAPI 3.1), written by hand because it is small."""

from typing import Any

from hegui import __version__

_PERSON = {
    "name": "person",
    "in": "path",
    "required": True,
    "description": "The application's own pseudonym for a person, percent-encoded.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128},
}
_TIME = {"type": "integer", "description": "Milliseconds since 1970-01-01T00:00:00Z."}
_EVIDENCE = {
    "type": ["object", "null"],
    "description": "What the application has to show for it, at most 4,096 bytes.",
}
_BEFORE = {
    "name": "before",
    "in": "query",
    "required": False,
    "description": "The `next` of the answer before: tell of earlier openings.",
    "schema": {"type": "string"},
}
_OPENING = {
    "id": {"type": "string", "description": "32 hex digits; its act in the ledger."},
    "at": _TIME,
    "role": {"type": "string"},
    "reason": {"enum": ["appeal", "complaint", "incident", "person_asked"]},
    "note": {"type": "string", "description": "The reason in the member of staff's words."},
    "case": {"type": ["string", "null"], "description": "The number of the case it was for."},
    "generation_at": _TIME,
}
#: What every posted route may refuse; a route adds its own and may say one more exactly.
_ERRORS = {
    "400": "The body, one of its fields or the pseudonym can't be used; `param` names the field.",
    "401": "The key is missing, wrong, expired or revoked.",
    "408": "The body took too long to arrive.",
    "413": "The body is too large.",
    "503": "The database is not available.",
}
_ACCEPT_ERRORS = {
    "409": "The version named is not in force.",
    "413": "The body or the evidence is too large.",
    "503": "No agreement is published, or the database is not available.",
}
_FILE_ERRORS = {
    **{name: _ERRORS[name] for name in ("400", "401", "408", "413")},
    "503": "Too many files are held at once, or the database is not available.",
}
_UNWRITABLE = "The file is damaged, protected, or of a format without a place for the label."
_LIST = {"type": "array", "items": {"type": "object"}}
_READING: dict[str, Any] = {
    "format": {"type": "string"},
    "verdict": {"enum": ["conforming", "nonconforming", "unlabelled", "suspected", "unreadable"]},
    "carriers": {"type": "array", "items": {"type": "string"}},
    "label": {"type": ["object", "null"], "description": "The fields that were recognised."},
    "traces": _LIST,
    "findings": _LIST,
    "sha256": {"type": "string"},
    "record": {
        "type": ["object", "null"],
        "description": "What the public record says, when the label names this provider.",
    },
    "proof": {"type": ["string", "null"], "description": "A tlog-proof that verifies offline."},
}


def document(address: str) -> dict[str, Any]:
    """The document.

    Args:
        address: the API's base address.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Hegui machine API",
            "version": __version__,
            "description": "What an application does about its people's agreement, what it tells "
            "them of the provider's staff, and the AI-content labels of its files.",
        },
        "servers": [{"url": address}],
        "security": [{"key": []}],
        "paths": {
            "/api/people/{person}/agreement": {
                "post": _operation(
                    "acceptAgreement",
                    "Record that a person accepted the service agreement.",
                    {
                        "version": {"type": ["integer", "null"]},
                        "evidence": _EVIDENCE,
                    },
                    (
                        "What stands on record.",
                        {
                            "person": {"type": "string"},
                            "agreement": {"type": "integer"},
                            "accepted_at": _TIME,
                            "via": {"enum": ["page", "application"]},
                            "evidence": _EVIDENCE,
                            "note": {"type": "string"},
                        },
                    ),
                    _ACCEPT_ERRORS,
                )
            },
            "/api/people/{person}/link": {
                "post": _operation(
                    "makeAgreementLink",
                    "Make an address, good for ten minutes, where the person can accept it.",
                    {},
                    (
                        "The address, and until when it is good.",
                        {"url": {"type": "string", "format": "uri"}, "expires_at": _TIME},
                    ),
                    {},
                )
            },
            "/api/people/{person}/openings": {
                "get": {
                    "operationId": "listOpenings",
                    "summary": "When the provider's staff opened this person's text, why and in "
                    "which role; newest first, 50 at once.",
                    "parameters": [_PERSON, _BEFORE],
                    "responses": _responses(
                        (
                            "The openings; `next` is null on the last page.",
                            {
                                "openings": {"type": "array", "items": _object(_OPENING)},
                                "next": {"type": ["string", "null"]},
                            },
                        ),
                        {
                            "400": "The pseudonym can't be one.",
                            "401": _ERRORS["401"],
                            "404": "The application has no such person.",
                            "503": _ERRORS["503"],
                        },
                    ),
                }
            },
            "/api/marks/read": {
                "post": _files(
                    "readLabel",
                    "What a file says about itself; the file is kept nowhere.",
                    _responses(("What was read.", _READING), _FILE_ERRORS),
                )
            },
            "/api/marks/write": {
                "post": _files(
                    "writeLabel",
                    "The file with this provider's label, which is in the record before it leaves.",
                    {
                        **_responses(("", {}), {**_FILE_ERRORS, "422": _UNWRITABLE}),
                        "200": {
                            "description": "The labelled file; `Hegui-Label` holds the label.",
                            "content": {"application/octet-stream": {}},
                        },
                    },
                )
            },
        },
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": _ERROR},
        },
    }


_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type", "code"],
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"]},
                "code": {"type": "string", "description": "Stable; see docs/errors.md."},
                "hegui": {"type": "object"},
            },
        }
    },
}


def _operation(
    name: str,
    summary: str,
    asked: dict[str, Any],
    answered: tuple[str, dict[str, Any]],
    errors: dict[str, str],
) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [_PERSON],
        "requestBody": {
            "required": False,
            "content": _body(
                {"type": "object", "properties": asked, "additionalProperties": False}
            ),
        },
        "responses": _responses(answered, {**_ERRORS, **errors}),
    }


def _files(name: str, summary: str, responses: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {
            "required": True,
            "description": "The file as it is, at most 32 MB.",
            "content": {"application/octet-stream": {}},
        },
        "responses": responses,
    }


def _responses(answered: tuple[str, dict[str, Any]], errors: dict[str, str]) -> dict[str, Any]:
    answer, fields = answered
    refused = _body({"$ref": "#/components/schemas/Error"})
    return {
        "200": {"description": answer, "content": _body(_object(fields))},
        **{
            status: {"description": why, "content": refused}
            for status, why in sorted(errors.items())
        },
    }


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields)}


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
