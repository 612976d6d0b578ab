"""Ask an OpenAI-compatible endpoint: bounded in time, in size and in tokens, with answers kept by content."""

from __future__ import annotations

import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx2 as httpx
import openai
from openai.types.chat import ChatCompletion

from kg.readers.llm.question import PROMPT_VERSION, Answer, BrokenAnswer, again, parsed, response_format
from kg.readers.llm.settings import LlmSettings
from kg.readers.port import ReaderFailed
from schema.ids import digest

MOST_BYTES: Final = 4 * 1024 * 1024
"""Most bytes of one answer."""

_CHARACTERS_A_TOKEN: Final = 3
"""A low guess of English text, for what an endpoint does not count."""


class NotRead(Exception):
    """One question got no answer; others may."""


class OutOfBudget(NotRead):
    """The tokens of this run are used up."""


class _BoundedStream(httpx.SyncByteStream):
    """The bytes of an answer, as long as they are not too many and do not take too long."""

    def __init__(self, inner: httpx.SyncByteStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        total = 0
        for piece in self._inner:
            total += len(piece)
            if total > MOST_BYTES:
                raise httpx.DecodingError(f"the answer is larger than {MOST_BYTES:,} bytes")
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the answer took too long")
            yield piece

    def close(self) -> None:
        self._inner.close()


class _Bounded(httpx.BaseTransport):
    """Sends requests, and bounds what comes back."""

    def __init__(self, timeout: float) -> None:
        self._inner = httpx.HTTPTransport()
        self._timeout = timeout

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        deadline = time.monotonic() + self._timeout
        response = self._inner.handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _BoundedStream(response.stream, deadline)
        return response

    def close(self) -> None:
        self._inner.close()


class Endpoint:
    """Answers questions; one object is one run, which has one budget."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self._client = openai.OpenAI(
            base_url=settings.base_url,
            api_key=settings.api_key.get_secret_value() or "none",
            timeout=settings.timeout,
            max_retries=settings.retries,
            http_client=httpx.Client(
                transport=_Bounded(settings.timeout), timeout=settings.timeout, follow_redirects=False
            ),
        )
        self._lock = threading.Lock()
        self.used = 0
        """Tokens used so far."""
        self._dearest = 0  # tokens of the dearest answer, which the next may cost too

    def ask(self, messages: list[dict[str, str]]) -> Answer:
        """The answer to a question: from the cache, else from the endpoint; a broken one is asked for once more.

        Raises:
            NotRead: it gave no answer in time, or none in the right shape, or the budget is used up.
            ReaderFailed: it cannot be asked at all: no connection, a wrong key, an unknown model.
        """
        kept = self._kept(messages)
        if kept is not None:
            return kept
        content = self._content(messages)
        try:
            answer = parsed(content)
        except BrokenAnswer as error:
            content = self._content(again(messages, content, str(error)))
            try:
                answer = parsed(content)
            except BrokenAnswer as fault:
                raise NotRead(f"the answer was broken, and again when asked once more: {fault}") from fault
        self._keep(messages, answer)
        return answer

    def _content(self, messages: list[dict[str, str]]) -> str:
        guess = sum(len(message["content"]) for message in messages) // _CHARACTERS_A_TOKEN
        with self._lock:
            if self.used + max(guess, self._dearest) > self._settings.budget:
                raise OutOfBudget(
                    f"it would use more than the {self._settings.budget:,} tokens of this run (GEOKG_LLM_BUDGET)"
                )
        completion = self._completion(messages)
        choice = completion.choices[0] if completion.choices else None
        content = (choice.message.content if choice is not None and choice.message is not None else None) or ""
        used = completion.usage.total_tokens if completion.usage is not None else 0
        used = used or guess + len(content) // _CHARACTERS_A_TOKEN
        with self._lock:
            self.used += used
            self._dearest = max(self._dearest, used)
        if choice is not None and choice.message is not None and choice.message.refusal:
            raise NotRead(f"the model refuses: {choice.message.refusal[:200]}")
        return content

    def _completion(self, messages: list[dict[str, str]]) -> ChatCompletion:
        where = self._settings.base_url
        create: Any = self._client.chat.completions.create
        try:
            found = create(
                model=self._settings.model, messages=messages, response_format=response_format(), **self._sampling()
            )
        except openai.APITimeoutError as error:
            raise NotRead(f"no answer within {self._settings.timeout:g} s (GEOKG_LLM_TIMEOUT)") from error
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, httpx.DecodingError):
                raise NotRead(str(error.__cause__)) from error
            raise ReaderFailed("the endpoint does not answer", where, "Check GEOKG_LLM_BASE_URL") from error
        except openai.APIStatusError as error:
            told = f"the endpoint answers {error.status_code}: {_told(error)}"
            if error.status_code in (408, 409, 429) or error.status_code >= 500:
                raise NotRead(told) from error
            raise ReaderFailed(told, where, "Check GEOKG_LLM_MODEL and GEOKG_LLM_API_KEY") from error
        except (openai.OpenAIError, httpx.HTTPError, ValueError) as error:
            raise NotRead(f"the answer cannot be read: {str(error)[:200]}") from error
        if not isinstance(found, ChatCompletion):
            raise ReaderFailed("what answers there is no chat-completions endpoint", where, "Check GEOKG_LLM_BASE_URL")
        return found

    def _sampling(self) -> dict[str, float]:
        return {} if self._settings.temperature is None else {"temperature": self._settings.temperature}

    # ---- answers that are kept ----

    def _file(self, messages: list[dict[str, str]]) -> Path | None:
        if self._settings.cache is None:
            return None
        asked = json.dumps(messages, ensure_ascii=False, sort_keys=True)
        name = digest(self._settings.base_url, self._settings.model, PROMPT_VERSION, asked)
        return self._settings.cache / name[:2] / f"{name}.json"

    def _kept(self, messages: list[dict[str, str]]) -> Answer | None:
        file = self._file(messages)
        if file is None:
            return None
        try:
            return parsed(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, BrokenAnswer):
            return None

    def _keep(self, messages: list[dict[str, str]], answer: Answer) -> None:
        file = self._file(messages)
        if file is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(json.dumps(answer.model_dump()))
            Path(name).replace(file)
        except OSError:
            return  # a cache that cannot be written costs tokens, not the reading


def _told(error: openai.APIStatusError) -> str:
    body = error.body if isinstance(error.body, dict) else {}
    return str(body.get("message") or error.message)[:200]
