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
#: What either route may refuse; a route adds its own and may say one more exactly.
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
            "description": "What an application does about its people's agreement.",
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
    def body(schema: dict[str, Any]) -> dict[str, Any]:
        return {"application/json": {"schema": schema}}

    answer, fields = answered
    refused = body({"$ref": "#/components/schemas/Error"})
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [_PERSON],
        "requestBody": {
            "required": False,
            "content": body({"type": "object", "properties": asked, "additionalProperties": False}),
        },
        "responses": {
            "200": {
                "description": answer,
                "content": body({"type": "object", "properties": fields, "required": list(fields)}),
            },
            **{
                status: {"description": why, "content": refused}
                for status, why in sorted({**_ERRORS, **errors}.items())
            },
        },
    }
