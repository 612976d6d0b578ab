"""Who may write.

With the API key, anybody. Without it, only a caller on this machine: the connection comes from the loopback, no proxy
stands between (it would make every caller look local), the name asked for is one of the loopback (a foreign name that
resolves to 127.0.0.1 is DNS rebinding), and no page of another site sent the request (a browser tells by Origin).
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import Request
from starlette.exceptions import HTTPException

from kg.settings import Settings

_PROXY_HEADERS = ("forwarded", "via", "x-real-ip", "cf-connecting-ip", "true-client-ip")


def check_writer(request: Request) -> None:
    """Refuse a request that may not write.

    Raises:
        HTTPException: 401 where the key is missing or wrong, 403 where no key would help.
    """
    settings: Settings = request.app.state.settings
    given = _given_key(request.headers)
    expected = settings.api_key.get_secret_value() if settings.api_key else ""
    if given is not None:
        # a header's bytes come as latin-1
        if expected and hmac.compare_digest(given.encode("latin-1", "replace"), expected.encode()):
            return
        raise HTTPException(401, "the API key is wrong", {"WWW-Authenticate": "Bearer"})
    reason = why_not_local(request.client.host if request.client else None, request.headers)
    if reason is None:
        return
    if not expected:
        raise HTTPException(403, f"{reason}, and the service has no API key; set GEOKG_API_KEY to allow it")
    raise HTTPException(401, f"{reason}; send the API key as X-API-Key", {"WWW-Authenticate": "Bearer"})


def _given_key(headers: Mapping[str, str]) -> str | None:
    if (key := headers.get("x-api-key")) is not None:
        return key
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def why_not_local(peer: str | None, headers: Mapping[str, str]) -> str | None:
    """Why a request does not count as one of this machine's user; None where it does."""
    if peer is None or not _is_loopback(peer):
        return "the request comes from beyond the loopback"
    if any(name in _PROXY_HEADERS or name.startswith("x-forwarded") for name in headers):
        return "the request came through a proxy"
    host = headers.get("host", "")
    if not _is_loopback(_name_of(host)):
        return "the request names a host that is not the loopback"
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return "a page of another site sent the request"
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return "a page of another site sent the request"
    return None


def _name_of(host: str) -> str:
    """The name in a Host header, without the port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
