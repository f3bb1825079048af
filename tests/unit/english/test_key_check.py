"""The check of content sees keys that accept nonsense, ask for too much or stand out."""

from api.english import content_check
from api.english.catalog import drills, frame, load, schema, texts
from api.english.tasks import key_check

TASKS = {task.id: task for task in load.catalog().modules[0].tasks}


def found(prompt: str, shown: frame.Strict) -> list[str]:
    task = next(iter(TASKS.values())).model_copy(update={"prompt": prompt})
    return list(key_check.faults(task, shown))


def short(*accept: str) -> schema.ShortVariant:
    return schema.ShortVariant(
        questions=[schema.ShortQuestion(ask="What are …", accept=list(accept), articles="strict", why="A plan.")]
    )


def test_a_pattern_that_accepts_a_word_twice_is_named() -> None:
    assert any("tonight tonight" in fault for fault in found("Write.", short("your plans (tonight) (tonight)")))
    assert not found("Write.", short("your plans (for tonight|tonight)", "he had had enough"))


def test_a_model_answer_keeps_to_the_words_that_are_asked_for() -> None:
    gap = schema.GapVariant(text="Take the {bus number nine|number nine#“The number nine bus.”}.")
    assert found("Write one or two words in each gap.", gap)
    assert found("Write one word in each gap.", gap)
    assert not found("Write one to three words in each gap.", gap)
    assert not found("Complete the note.", gap)


def questions(longest: int, others: int) -> schema.Module:
    module = load.catalog().modules[0]
    task = next(task for task in module.tasks if isinstance(task.variants[0], schema.ChoiceVariant))
    shown = task.variants[0]
    assert isinstance(shown, schema.ChoiceVariant)
    one = shown.questions[0]
    long = one.model_copy(update={"right": "the longest of them", "wrong": ["short", "brief"]})
    even = one.model_copy(update={"right": "short", "wrong": ["shorter", "brief"]})
    variant = shown.model_copy(update={"questions": [long] * longest + [even] * others})
    return module.model_copy(update={"tasks": [task.model_copy(update={"variants": [variant]})]})


def test_right_options_that_are_mostly_the_longest_are_named() -> None:
    assert list(key_check.stands_out(questions(14, 1)))
    assert not list(key_check.stands_out(questions(10, 5)))
    # Three questions say nothing.
    assert not list(key_check.stands_out(questions(3, 0)))
    assert all(not list(key_check.stands_out(module)) for module in load.catalog().modules)


def test_the_sentence_of_a_pair_is_checked_with_both_words() -> None:
    pair = drills.HeardPair(said="meal", other="meat", sentence="It was a good {}.")
    shown = drills.MinimalPairsVariant(pairs=[pair] * 3)
    assert "It was a good meat." in list(texts.of_variant(shown))
    assert content_check.bias(load.catalog()) < 0.5
