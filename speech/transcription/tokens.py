"""Whisper's tokens as words, with times from the decoder's attention."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from speech.transcription import words
from speech.transcription.types import HeardWord, Task

_SECONDS_PER_ROW = 0.02
_LONGEST_WORD = 1.6

Group = tuple[str, int]  # a word and how many tokens it has


class Vocabulary:
    """A tokenizer.json with Whisper's special tokens."""

    def __init__(self, tokenizer: Any, multilingual: bool) -> None:
        self._tokenizer = tokenizer
        self._multilingual = multilingual
        self.transcript = self._id("<|startoftranscript|>")
        self.end = self._id("<|endoftext|>")
        self.no_speech = self._no_speech()
        self.no_timestamps = self._id("<|notimestamps|>")
        self.previous = self._id("<|startofprev|>")

    @classmethod
    def load(cls, file: Path, multilingual: bool) -> "Vocabulary":
        """The vocabulary of a model's folder."""
        import tokenizers

        return cls(tokenizers.Tokenizer.from_file(str(file)), multilingual)

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the tokenizer has no {token}")
        return int(found)

    def _no_speech(self) -> int | None:
        """Its name was changed once. Some models that were trained further lack it; CTranslate2 does without."""
        found = self._tokenizer.token_to_id("<|nospeech|>")
        found = self._tokenizer.token_to_id("<|nocaptions|>") if found is None else found
        return None if found is None else int(found)

    def start(self, language: str, task: Task = "transcribe") -> list[int]:
        """The tokens that begin a transcription, or a translation to English. An unknown language is taken for
        English."""
        begin = [self.transcript]
        if not self._multilingual:
            return begin
        known = self._tokenizer.token_to_id(f"<|{language}|>")
        return [*begin, self._id("<|en|>") if known is None else int(known), self._id(f"<|{task}|>")]

    def encode(self, text: str, lead: str = " ") -> list[int]:
        """The tokens that the model would write for a text; `lead` stands before its first word.

        A piece that is a token is taken whole, as the model's own tokenizer does; the published merges split some of
        the commonest, such as " the".
        """
        text = lead + text.strip()
        if self._tokenizer.pre_tokenizer is None:
            return list(self._tokenizer.encode(text, add_special_tokens=False).ids)
        ids: list[int] = []
        for piece, (start, end) in self._tokenizer.pre_tokenizer.pre_tokenize_str(text):
            whole = self._tokenizer.token_to_id(piece)
            parts = [] if whole is not None else self._tokenizer.encode(text[start:end], add_special_tokens=False).ids
            ids += parts if whole is None else [whole]
        return ids

    def words(self, ids: Sequence[int], language: str) -> list[Group]:
        """Tokens grouped to words: at spaces, or character by character in languages written without them."""
        unspaced = not words.joiner(language)
        groups: list[Group] = []
        space = True
        for piece, count in self._pieces(ids):
            bare = piece.strip()
            begins = space or piece.startswith(" ") or (unspaced and bare[:1].isalnum())
            if groups and (not groups[-1][0] or not bare or not begins):
                groups[-1] = (groups[-1][0] + bare, groups[-1][1] + count)
            else:
                groups.append((bare, count))
            space = piece.endswith(" ")
        return [group for group in groups if group[0]] if len(groups) < 2 else groups

    def _pieces(self, ids: Sequence[int]) -> list[Group]:
        """Runs of tokens that are whole characters: one character may take several byte-level tokens."""
        pieces: list[Group] = []
        run: list[int] = []
        for token in ids:
            run.append(token)
            text = self._tokenizer.decode(run, skip_special_tokens=False)
            if "\ufffd" not in text or len(run) >= 4:
                pieces.append((text.replace("\ufffd", ""), len(run)))
                run = []
        return pieces


def timed(
    groups: Sequence[Group], path: Sequence[tuple[int, int]], probs: Sequence[float], end: float
) -> list[HeardWord]:
    """Words with times: `path` is the alignment as (token, row) steps, `probs` one probability a token.

    A word's confidence is the geometric mean of its tokens' probabilities.
    """
    token_of = np.array([step[0] for step in path])
    row_of = np.array([step[1] for step in path])
    starts = np.full(sum(count for _, count in groups) + 1, end)
    for token in range(len(starts)):
        at = np.flatnonzero(token_of == token)
        if len(at):
            starts[token] = row_of[at[0]] * _SECONDS_PER_ROW
    heard, first = [], 0
    for text, count in groups:
        last = first + count
        begin, stop = min(float(starts[first]), end), min(float(starts[last]), end)
        logs = [math.log(max(probs[at], 1e-6)) for at in range(first, last) if at < len(probs)]
        confidence = math.exp(sum(logs) / len(logs)) if logs else 0.0
        begin = max(begin, stop - _LONGEST_WORD)
        heard.append(HeardWord(text, begin, max(begin, stop), confidence))
        first = last
    return heard


def with_ids(heard: Sequence[HeardWord], groups: Sequence[Group], ids: Sequence[int]) -> list[HeardWord]:
    """Words with the tokens that they were written in."""
    ends = list(itertools.accumulate(count for _, count in groups))
    return [
        replace(word, tokens=tuple(ids[end - count : end]))
        for word, (_, count), end in zip(heard, groups, ends, strict=True)
    ]
