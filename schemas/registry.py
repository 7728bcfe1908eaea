"""Ask a schema registry that speaks Confluent's REST interface.

Source: https://docs.confluent.io/platform/current/schema-registry/develop/api.html
"""

import base64
import json
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from typing import Any

from fastavro.schema import SchemaParseException, UnknownType, parse_schema

from schemas.catalog import schema_text
from schemas.errors import RegistryFailed, UnknownSchemaId

_CONTENT_TYPE = "application/vnd.schemaregistry.v1+json"
_FORGET_UNKNOWN_AFTER_S = 30.0
_OK, _NOT_FOUND = 200, 404
_MOST_REFERENCES = 100


class SchemaRegistry:
    """A registry at an http(s) address, which may hold `user:password@`; answers are kept for the process.

    An id that is not there is asked for again after 30 s at the earliest, so that a flood of such messages asks seldom.
    """

    def __init__(self, url: str, timeout_s: float = 10.0, ca_file: str | None = None) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("The schema registry's address must begin with http:// or https://.")
        self.address = urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])).rstrip("/")
        self._user, self._password = parts.username, parts.password
        self._timeout_s, self._ca_file = timeout_s, ca_file
        self._schemas: dict[int, Any] = {}
        self._unknown: dict[int, tuple[float, str]] = {}

    def schema(self, schema_id: int) -> Any:
        """Return the Avro schema with this id, parsed for fastavro: a record's, or a union of records and null.

        Raises UnknownSchemaId where there is none or it is not Avro, RegistryFailed where the registry does not answer.
        """
        if schema_id not in self._schemas:
            asked_at, message = self._unknown.get(schema_id, (0.0, ""))
            if message and time.monotonic() - asked_at < _FORGET_UNKNOWN_AFTER_S:
                raise UnknownSchemaId(message)
            try:
                self._schemas[schema_id] = self._fetch(schema_id)
            except UnknownSchemaId as error:
                self._unknown[schema_id] = (time.monotonic(), str(error))
                raise
        return self._schemas[schema_id]

    def register(self, subject: str, record: str, version: int | None = None) -> int:
        """Register a schema of ours under a subject (`<topic>-value`) and return its id, new or not."""
        path = f"/subjects/{urllib.parse.quote(subject, safe='')}/versions"
        status, answer = self._ask(path, {"schema": schema_text(record, version)})
        if status != _OK:
            raise RegistryFailed(f"{self.address} does not take {record} as {subject}: {_reason(status)}.")
        return int(answer["id"])

    def _fetch(self, schema_id: int) -> Any:
        status, answer = self._ask(f"/schemas/ids/{schema_id}")
        if status == _NOT_FOUND:
            raise UnknownSchemaId(f"{self.address} has no schema {schema_id}; register it there.")
        if status != _OK:
            raise RegistryFailed(f"{self.address} does not give schema {schema_id}: {_reason(status)}.")
        named: dict[str, Any] = {}
        self._fetch_references(schema_id, answer, named, set())
        return _parse(schema_id, answer, named)

    def _fetch_references(
        self, schema_id: int, answer: dict[str, Any], named: dict[str, Any], seen: set[tuple[str, int]]
    ) -> None:
        """Parse into `named` the schemas that an answer refers to, those they refer to first."""
        for reference in answer.get("references") or ():
            subject, version = str(reference["subject"]), int(reference["version"])
            if (subject, version) in seen:
                continue
            seen.add((subject, version))
            status, other = self._ask(f"/subjects/{urllib.parse.quote(subject, safe='')}/versions/{version}")
            if status == _NOT_FOUND or len(seen) > _MOST_REFERENCES:
                raise UnknownSchemaId(f"Schema {schema_id} refers to {subject} version {version}, which is not there.")
            if status != _OK:
                raise RegistryFailed(f"{self.address} does not give {subject} version {version}: {_reason(status)}.")
            self._fetch_references(schema_id, other, named, seen)
            _parse(schema_id, other, named, whole=False)

    def _ask(self, path: str, body: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        request = self._request(path, body)
        context = ssl.create_default_context(cafile=self._ca_file) if self.address.startswith("https") else None
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_s, context=context) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, {}
        except (OSError, ValueError, HTTPException) as error:
            hint = "check the address, the network and the certificate"
            raise RegistryFailed(f"The schema registry at {self.address} does not answer: {error}; {hint}.") from error
        if not isinstance(answer, dict):
            raise RegistryFailed(f"What answers at {self.address} is no schema registry; check the address.")
        return _OK, answer

    def _request(self, path: str, body: dict[str, str] | None) -> urllib.request.Request:
        request = urllib.request.Request(self.address + path, headers={"Accept": _CONTENT_TYPE})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", _CONTENT_TYPE)
        if self._user is not None:
            pair = f"{urllib.parse.unquote(self._user)}:{urllib.parse.unquote(self._password or '')}"
            request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
        return request


def _parse(schema_id: int, answer: dict[str, Any], named: dict[str, Any], whole: bool = True) -> Any:
    kind = answer.get("schemaType", "AVRO")
    if kind != "AVRO":
        raise UnknownSchemaId(f"Schema {schema_id} is {kind}; only Avro is read from a registry.")
    try:
        parsed = parse_schema(json.loads(answer["schema"]), named_schemas=named)
    except (KeyError, ValueError, SchemaParseException, UnknownType) as error:
        raise UnknownSchemaId(f"Schema {schema_id} cannot be used: {error!r}.") from error
    branches = [branch for branch in (parsed if isinstance(parsed, list) else [parsed]) if branch != "null"]
    if whole and not all(_is_record(branch, named) for branch in branches or ["null"]):
        raise UnknownSchemaId(f"Schema {schema_id} is not that of a record.")
    return parsed


def _is_record(schema: Any, named: dict[str, Any]) -> bool:
    found = named.get(schema) if isinstance(schema, str) else schema
    return isinstance(found, dict) and found["type"] == "record"


def _reason(status: int) -> str:
    hints = {401: "check user and password", 403: "the user may not do this", 409: "what is there is not compatible"}
    return f"status {status} ({hints.get(status, 'see its log')})"
