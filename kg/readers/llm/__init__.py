"""The reader that asks a language model over the chat-completions protocol; needs the extra ``llm``."""

from kg.readers.llm.reader import LlmReader

__all__ = ["LlmReader"]
