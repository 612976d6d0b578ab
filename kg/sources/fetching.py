"""Fetch one address of the web, within limits: time in all, size, redirects, and where it may lead.

Only http and https. A host's name is looked up once, every address that it has is checked, and the connection is made
to a checked one; so nobody can answer differently the second time (DNS rebinding). Addresses that are not of the public
internet – loopback, private, link-local with the metadata services of clouds, reserved – are refused, on the way too,
unless a setting allows them. No proxy of the environment is used: it would look names up by itself.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import httpx

from kg.settings import Settings, load_settings
from schema.errors import InvalidInput

_REDIRECTS: Final = 5
_SCHEMES: Final = {"http": 80, "https": 443}
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unfetchable(InvalidInput):
    """An address cannot or must not be fetched."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered.

    Attributes:
        url: where it was found in the end.
        media_type: of its ``Content-Type``, "" where none was told.
        data: the body, unpacked.
    """

    url: str
    media_type: str
    data: bytes


def fetch(address: str, settings: Settings | None = None) -> Fetched:
    """Fetch an address; may be called from any thread, also from one in which an event loop runs.

    Args:
        address: begins with http:// or https://.
        settings: the limits; those of the environment when left out.

    Raises:
        Unfetchable: it is no address of the web, leads where it must not, is too slow or too large, or does not answer
            with success; the message says which.
    """
    limits = settings or load_settings()
    with ThreadPoolExecutor(1, thread_name_prefix="fetch") as executor:
        return executor.submit(asyncio.run, _within(address, limits)).result()


async def _within(address: str, limits: Settings) -> Fetched:
    try:
        async with asyncio.timeout(limits.fetch_seconds):
            return await _followed(address, limits)
    except TimeoutError as error:
        raise Unfetchable(
            f"it did not answer in full within {limits.fetch_seconds:g} seconds", address[:300], "Try again later"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
        what = str(error) or type(error).__name__
        raise Unfetchable(f"it cannot be fetched: {what[:300]}", address[:300], "Check the address") from error


async def _followed(address: str, limits: Settings) -> Fetched:
    url = httpx.URL(address)
    async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=limits.fetch_seconds) as client:
        for _ in range(_REDIRECTS + 1):
            request = client.build_request("GET", await _to_checked(url, limits), headers=_headers(url))
            request.extensions["sni_hostname"] = url.host
            response = await client.send(request, stream=True)
            try:
                if response.is_redirect:
                    url = url.join(response.headers.get("location", ""))
                    continue
                return await _read(response, str(url), limits)
            finally:
                await response.aclose()
    raise Unfetchable(f"it leads on more than {_REDIRECTS} times", address[:300], "Give the address it leads to")


def _headers(url: httpx.URL) -> dict[str, str]:
    host = f"[{url.host}]" if ":" in url.host else url.host
    return {
        "Host": host if url.port is None else f"{host}:{url.port}",
        "Accept-Encoding": "gzip",
        "User-Agent": "geokg",
    }


async def _to_checked(url: httpx.URL, limits: Settings) -> httpx.URL:
    """The same address with a checked number in the place of the host's name."""
    if url.scheme not in _SCHEMES or not url.host:
        raise Unfetchable("only addresses that begin with http:// or https:// are fetched", str(url)[:300])
    if url.userinfo:
        raise Unfetchable("an address with a name and password in it is not fetched", url.host[:300])
    numbers = await _numbers(url.host, url.port or _SCHEMES[url.scheme])
    if not limits.fetch_private and (refused := next((each for each in numbers if not _is_public(each)), None)):
        raise Unfetchable(
            f"it leads to {refused}, which is not of the public internet",
            str(url)[:300],
            "GEOKG_FETCH_PRIVATE=true allows it",
        )
    return url.copy_with(host=str(numbers[0]))


async def _numbers(host: str, port: int) -> list[_Address]:
    try:
        return [ipaddress.ip_address(host)]
    except ValueError:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _is_public(number: _Address) -> bool:
    """Whether a number is of the public internet; a number inside another counts as well."""
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if inner is None and number in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    return number.is_global and not number.is_multicast


async def _read(response: httpx.Response, url: str, limits: Settings) -> Fetched:
    if not response.is_success:
        raise Unfetchable(f"it answers with status {response.status_code}", url[:300], "Check the address")
    if response.headers.get("content-encoding", "identity").strip().lower() not in ("identity", "gzip"):
        raise Unfetchable("it is packed in a way that was not asked for", url[:300])
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) > limits.fetch_max_bytes:
            raise Unfetchable(
                f"it has more than {limits.fetch_max_bytes:,} bytes", url[:300], "GEOKG_FETCH_MAX_BYTES is the limit"
            )
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(url, media_type, bytes(data))
