"""A language model in the tutor's frame: what it is told, and what of its answers is passed on."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from api.chat.providers import prompts
from api.chat.providers.framed import FramedProvider
from api.chat.providers.models import Card, Delta, Finished, Piece, Prompt
from kit.openai_servers import ServerTrouble
from language.tutor import frame
from language.tutor.turns import ChatTurn

HARD = "Notwithstanding idiosyncratic predispositions, perspicacious interlocutors invariably extrapolate. Do you?"


class Model:
    """Answers with each of its texts in turn, a word at a time."""

    card = Card("m", "Model", ("m",), "m", offline=False)

    def __init__(self, *texts: str, breaks: bool = False) -> None:
        self.texts = list(texts)
        self.asked: list[str] = []
        self.breaks = breaks

    async def stream(self, prompt: Prompt, model: str) -> AsyncGenerator[Piece, None]:
        self.asked.append(str(prompts.messages(prompt)[0]["content"]))
        for word in self.texts.pop(0).split(" "):
            yield Delta(word + " ")
        if self.breaks:
            raise ServerTrouble("broken", "the answer broke off", again=False)
        yield Finished(None)


def ask(model: Model, said: list[str], level: str = "A2", **more: str) -> str:
    async def all_of_it() -> str:
        turns = [turn for one in said for turn in (ChatTurn("assistant", "And?"), ChatTurn("user", one))]
        prompt = Prompt(tuple(turns), level, **more)  # type: ignore[arg-type]
        return "".join([one.text async for one in FramedProvider(model).stream(prompt, "m") if isinstance(one, Delta)])

    return asyncio.run(all_of_it())


def test_the_model_is_told_level_length_memory_and_our_corrections() -> None:
    model = Model("Fine.")
    ask(model, ["My name is Ana and I live in Lisbon.", "Yesterday I go to the cinema."])
    (system,) = model.asked
    for part in ("Level A2", "at most 50 words", "name is Ana", "live in Lisbon", "“go” → “went”"):
        assert part in system


def test_the_model_plays_the_scene_that_was_wished_for() -> None:
    model = Model("Welcome!")
    ask(model, ["I want practise for job interview at bakery."])
    assert "a job interview at a bakery" in model.asked[0]
    assert "name your strengths" in model.asked[0]
    assert "do not correct it" not in model.asked[0]


def test_an_answer_that_begins_too_hard_is_asked_for_once_more() -> None:
    model = Model(HARD, "You see good things. Do you?")
    assert ask(model, ["Hello."]).strip() == "You see good things. Do you?"
    assert "much simpler" in model.asked[1]
    assert ask(Model(HARD, HARD), ["Hello."]).startswith("Notwithstanding"), "once only"
    assert ask(Model(HARD), ["Hello."], "C2").startswith("Notwithstanding")


def test_an_answer_that_is_too_long_ends_with_its_sentence() -> None:
    text = ask(Model("I like the big red house on the hill very much. " * 60), ["Hello."])
    assert text.rstrip().endswith("very much.")
    assert len(text.split()) <= frame.most_words("A2") + 12


def test_the_hardest_word_is_explained_to_beginners() -> None:
    assert "“Thrive” means to grow" in ask(Model("Your plants thrive in the sun. Do you like that?"), ["Hello."])
    assert "means" not in ask(Model("Your plants thrive in the sun. Do you like that?"), ["Hello."], "C1")


def test_instructions_of_others_pass_unchecked() -> None:
    model = Model("word " * 500)
    assert len(ask(model, ["Hello."], instructions="Talk.").split()) == 500
    assert model.asked == ["Talk."]


def test_what_came_before_a_break_is_passed_on() -> None:
    async def until_it_breaks() -> str:
        text = ""
        provider = FramedProvider(Model("A short", breaks=True))
        with pytest.raises(ServerTrouble):
            async for one in provider.stream(Prompt((ChatTurn("user", "Hi"),)), "m"):
                text += one.text if isinstance(one, Delta) else ""
        return text

    assert asyncio.run(until_it_breaks()).strip() == "A short"
