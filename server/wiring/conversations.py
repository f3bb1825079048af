"""The conversations of a node put together: chat, notes, search and knowledge."""

from collections.abc import Sequence
from contextlib import aclosing

from api.auth.people import People
from api.chat.generate import Generate
from api.chat.providers.builtin import CARD as BUILTIN
from api.chat.providers.builtin import BuiltinProvider
from api.chat.providers.compatible import CompatibleProvider
from api.chat.providers.models import Chosen, Delta, Endpoint, Passage, Prompt, Provider
from api.chat.providers.routing import Providers
from api.chat.routes import ChatRoutes
from api.conversations.routes import ConversationRoutes
from api.conversations.service import Conversations
from api.conversations.sessions import StudySessions
from api.conversations.threads import Threads
from api.knowledge import writing
from api.knowledge.documents import Documents
from api.knowledge.embedding.embedders import CompatibleEmbedder, LocalEmbedder
from api.knowledge.extraction.extractor import Extractor
from api.knowledge.ingest import Ingest
from api.knowledge.models import Found, Reader
from api.knowledge.ports import Embedder, Written
from api.knowledge.rag import Questions
from api.knowledge.retrieval import Retrieval
from api.knowledge.routes import KnowledgeRoutes
from api.notes.routes import NoteRoutes
from api.notes.service import Notes
from api.organizations.belonging import Memberships
from api.progress import assembly
from api.search import store as search_store
from api.search.outbox import PAUSE_SECONDS, Outbox
from api.search.postgres import PostgresEngine
from api.search.rebuild import Rebuild
from api.search.routes import SearchRoutes
from api.search.service import Search
from api.search.typesense import TypesenseEngine
from kit.errors import Failure
from kit.openai_servers import ServerTrouble
from language.tutor.turns import ChatTurn
from server.resources import Resources
from server.wiring.part import Part


def build(r: Resources, progress: assembly.ProgressDoors, providers: Providers) -> Part:
    """Conversations, notes, search, documents and chat."""
    whole = Part()
    whole.add(_build_conversations(r, progress))
    whole.add(_build_search(r))
    knowledge, questions = _build_knowledge(r, providers)
    whole.add(knowledge)
    whole.add(_build_chat(r, providers, questions))
    whole.add(_load_client(r))
    return whole


def _load_client(r: Resources) -> Part:
    """Loads the client of a configured language model before the first question, in the background."""

    async def start() -> None:
        for one in r.settings.language_models()[:1]:
            key = one.api_key.get_secret_value() if one.api_key else None
            r.tasks.spawn(r.outbound.openai.client(one.base_url, key), name="load the client of language models")

    return Part(starts=[start])


def build_providers(r: Resources) -> Providers:
    """Every configured language model in order, the built-in tutor last."""
    asked: list[Provider] = []
    for one in r.settings.language_models():
        from api.chat.providers.framed import FramedProvider  # loads the tutor's rules: not without a model

        endpoint = Endpoint(
            id=one.id,
            name=one.name,
            base_url=one.base_url.rstrip("/"),
            models=one.models,
            key=one.api_key.get_secret_value() if one.api_key else None,
            first_seconds=one.first_seconds,
            stall_seconds=one.stall_seconds,
            total_seconds=one.total_seconds,
        )
        asked.append(FramedProvider(CompatibleProvider(endpoint, r.outbound)))
    return Providers([*asked, BuiltinProvider()], r.clock)


def _build_conversations(r: Resources, progress: assembly.ProgressDoors) -> Part:
    conversations = Conversations(r.database, r.clock)
    sessions = StudySessions(r.database, r.clock, r.jobs, progress.rewards, progress.learning_time)
    notes = Notes(r.database, r.clock)
    return Part(operations=ConversationRoutes(conversations, sessions).operations() + NoteRoutes(notes).operations())


def _build_search(r: Resources) -> Part:
    own = PostgresEngine(r.database)
    outside: TypesenseEngine | None = None
    if r.settings.typesense_url is not None:
        key = r.settings.typesense_key
        outside = TypesenseEngine(
            r.outbound,
            url=r.settings.typesense_url,
            key=key.get_secret_value() if key else "",
            collection=r.settings.typesense_collection,
        )
    rebuild = Rebuild(r.database, r.clock, r.jobs)
    routes = SearchRoutes(Search(r.database, outside or own, own), rebuild)

    async def start_outbox() -> None:
        async with r.database.transaction() as tx:
            new = await search_store.set_outside(tx, outside is not None)
        if outside is not None:
            sending = Outbox(r.database, outside).run
            r.tasks.keep(sending, name="tell the search engine", pause=PAUSE_SECONDS, needed=False, round_seconds=600)
            if new:
                await rebuild.queue("all")

    return Part(operations=routes.operations(), starts=[start_outbox])


class _Passages:
    """Documents of a conversation, for generating."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    async def find(self, owner_id: str, conversation_id: str, question: str) -> tuple[Passage, ...]:
        found = await self._questions.quoted(Reader(owner_id, None, conversation_id), question, 4)
        return tuple(Passage(one.title, one.text, one.page, quote) for one, quote in found)


class _Writer:
    """Answers from passages by a language model; the built-in tutor is none."""

    def __init__(self, providers: Providers) -> None:
        self._providers = providers

    async def write(self, question: str, passages: Sequence[Found]) -> Written | None:
        if all(card.offline for card, available, _ in self._providers.listed() if available):
            return None
        prompt = Prompt((ChatTurn("user", question),), instructions=writing.prompt(passages))
        text, chosen = "", None
        try:
            async with aclosing(self._providers.stream(prompt)) as pieces:
                async for piece in pieces:
                    if isinstance(piece, Chosen):
                        chosen = piece
                    elif isinstance(piece, Delta):
                        text += piece.text
        except (ServerTrouble, Failure):
            return None
        return Written(text, chosen.provider, chosen.model) if chosen and chosen.provider != BUILTIN.id else None


def build_embedder(r: Resources) -> Embedder:
    """The embedder of the settings: our own, or one of a server."""
    settings = r.settings
    if settings.embedding_model is None:
        return LocalEmbedder()
    base = settings.embedding_base_url or settings.openai_base_url or "https://api.openai.com/v1"
    key = settings.embedding_api_key or settings.openai_api_key
    return CompatibleEmbedder(
        r.outbound, base_url=base, key=key.get_secret_value() if key else None, model=settings.embedding_model
    )


def _build_knowledge(r: Resources, providers: Providers) -> tuple[Part, Questions]:
    embedder = build_embedder(r)
    ingest = Ingest(r.database, r.clock, r.jobs, Extractor(r.clock), embedder)
    retrieval = Retrieval(r.database, Threads(), embedder)
    questions = Questions(retrieval, _Writer(providers))
    routes = KnowledgeRoutes(Documents(r.database, r.clock, Memberships(), Threads(), ingest), retrieval, questions)
    return Part(operations=routes.operations(), starts=[ingest.start]), questions


def _build_chat(r: Resources, providers: Providers, questions: Questions) -> Part:
    generate = Generate(r.database, r.clock, People(), Threads(), providers, _Passages(questions))
    return Part(operations=ChatRoutes(generate, providers).operations())
