"""Adds to each operation of the OpenAPI document how to ask for it in Python and in JavaScript (shown by Redoc)."""

from __future__ import annotations

import json
from typing import Any

METHODS = ("get", "put", "post", "delete", "patch")
ELSEWHERE = "https://toolhub.wikimedia.org"
PYTHON = """import requests

response = requests.{method}(
    "{url}",{headers}{body}
    timeout=10,
)
response.raise_for_status()
{result}"""
JAVASCRIPT = """const response = await fetch("{url}"{options});
if (!response.ok) throw new Error(await response.text());
{result}"""
TOKEN = "Token YOUR-TOKEN"  # noqa: S105 -- a place to fill in

Schema = dict[str, Any]


def add_samples(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """The hook of drf-spectacular."""
    site = request.build_absolute_uri("/").rstrip("/") if request else ELSEWHERE
    schemas: Schema = result.get("components", {}).get("schemas", {})
    for path, item in result["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                body = _body(operation, schemas)
                is_json = any(
                    str(status).startswith("2") and "application/json" in answer.get("content", {})
                    for status, answer in operation["responses"].items()
                )
                operation["x-codeSamples"] = [
                    {"lang": "Python", "source": _python(method, site + path, body, is_json)},
                    {"lang": "JavaScript", "source": _script(method, site + path, body, is_json)},
                ]
    return result


def _python(method: str, url: str, body: Any, is_json: bool) -> str:
    headers = "" if method == "get" else f'\n    headers={{"Authorization": "{TOKEN}"}},'
    return PYTHON.format(
        method=method,
        url=url,
        headers=headers,
        body="" if body is None else f"\n    json={body!r},",
        result="print(response.json())" if is_json else "print(response.status_code)",
    )


def _script(method: str, url: str, body: Any, is_json: bool) -> str:
    lines = []
    if method != "get":
        headers = {"Authorization": TOKEN}
        if body is not None:
            headers["Content-Type"] = "application/json"
        lines = [f'method: "{method.upper()}"', f"headers: {json.dumps(headers)}"]
    if body is not None:
        lines.append(f"body: JSON.stringify({json.dumps(body)})")
    options = "".join(f"\n  {line}," for line in lines)
    return JAVASCRIPT.format(
        url=url,
        options=f", {{{options}\n}}" if options else "",
        result="console.log(await response.json());"
        if is_json
        else "console.log(response.status);",
    )


def _body(operation: Schema, schemas: Schema) -> Any:
    """The fields that the body must have, each with a value of its type; None without a body."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return None if content is None else _example(content["schema"], schemas, depth=3)


def _example(schema: Schema, schemas: Schema, depth: int) -> Any:
    if "$ref" in schema:
        schema = schemas.get(schema["$ref"].rpartition("/")[2], {})
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        return [_example(schema.get("items", {}), schemas, depth - 1)] if depth else []
    if kind == "object":
        fields = schema.get("properties", {})
        wanted = schema.get("required", [])[:6] if depth else []
        return {name: _example(fields.get(name, {}), schemas, depth - 1) for name in wanted}
    return {"integer": 1, "number": 1.0, "boolean": True}.get(kind, _text(schema))


def _text(schema: Schema) -> str:
    return {"uri": "https://example.org/", "email": "a@example.org"}.get(
        schema.get("format", ""), "…"
    )
