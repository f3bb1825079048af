"""Questions answered from documents, with sources."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.knowledge import answers, writing
from api.knowledge.answers import Quote
from api.knowledge.models import Filters, Found, Reader
from api.knowledge.ports import Writer
from api.knowledge.retrieval import Retrieval


@dataclass(frozen=True, slots=True)
class Answer:
    """`grounded`: every sentence comes from the quotes' passages. Without quotes nothing was found."""

    text: str
    quotes: list[Quote]
    provider: str
    model: str
    grounded: bool


class Questions:
    """Answers from documents."""

    def __init__(self, retrieval: Retrieval, writer: Writer) -> None:
        self._retrieval = retrieval
        self._writer = writer

    async def answer(self, reader: Reader, question: str, limit: int) -> Answer:
        """Written by a language model where one works and its answer holds; else the best sentences themselves."""
        retrieved = await self._retrieval.retrieve(reader, question, limit)
        quotes = answers.extract(question, retrieved.asked, retrieved.passages)
        if not retrieved.passages:
            return _nothing(answers.PROVIDER, answers.MODEL)
        written = await self._writer.write(question, retrieved.passages)
        if written is not None:
            if writing.says_nothing_found(written.text):
                return _nothing(written.provider, written.model)
            checked = writing.check(written.text, retrieved.passages)
            if checked is not None:
                cited = [answers.best_sentence(question, retrieved.asked, one) for one in checked.cited]
                return Answer(checked.text, cited, written.provider, written.model, True)
        if not quotes:
            return _nothing(answers.PROVIDER, answers.MODEL)
        text = " ".join(f"“{one.text}” ({_place(one.passage)})" for one in quotes)
        return Answer(text, quotes, answers.PROVIDER, answers.MODEL, True)

    async def quoted(self, reader: Reader, question: str, limit: int) -> Sequence[tuple[Found, str | None]]:
        """The best passages of the reader's conversation, each with the sentence that answers, if one does."""
        retrieved = await self._retrieval.retrieve(reader, question, limit, Filters(only_conversation=True))
        extracted = answers.extract(question, retrieved.asked, retrieved.passages)
        by_passage = {one.passage.chunk_id: one.text for one in extracted}
        return [(one, by_passage.get(one.chunk_id)) for one in retrieved.passages]


def _nothing(provider: str, model: str) -> Answer:
    return Answer(answers.NOT_FOUND, [], provider, model, False)


def _place(passage: Found) -> str:
    return f"{passage.title}, page {passage.page}" if passage.page else passage.title
