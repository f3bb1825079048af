"""Sentences as trees. The tags and arcs below are what spaCy's own code makes of the same weights."""

from concurrent.futures import ThreadPoolExecutor

from language import document
from language.tagging import lemmas, reading
from language.tagging.reading import Node


def read(text: str, meant: dict[int, str] | None = None) -> list[Node]:
    return [node for tree in reading.read(document.parse(text), meant or {}) for node in tree.nodes]


def test_words_have_classes_heads_and_base_forms() -> None:
    nodes = read("She doesn't like well-known actors because they were given too much money.")
    assert [node.text for node in nodes[:7]] == ["She", "does", "n't", "like", "well", "-", "known"]
    assert [node.tag for node in nodes[:4]] == ["PRP", "VBZ", "RB", "VB"]
    assert [(node.text, node.dep, node.head.text) for node in nodes if node.dep in {"nsubj", "dobj", "nsubjpass"}] == [
        ("She", "nsubj", "like"),
        ("actors", "dobj", "like"),
        ("they", "nsubjpass", "given"),
        ("money", "dobj", "given"),
    ]
    assert {node.text: node.lemma for node in nodes if node.tag.startswith("V")} == {
        "does": "do", "like": "like", "known": "know", "were": "be", "given": "give",
    }  # fmt: skip


def test_words_know_where_they_stand() -> None:
    text = "I can't, she said - it's  late."
    for node in read(text):
        assert text[node.start : node.end] == node.text


def test_a_misspelled_word_is_read_as_it_should_be_and_keeps_its_place() -> None:
    text = "The proffesor teaches."
    noun = read(text, {4: "professor"})[1]
    assert (noun.text, noun.tag, text[noun.start : noun.end]) == ("professor", "NN", "proffesor")


def test_a_sentence_is_read_alike_alone_and_among_others() -> None:
    one = "The old man whom we met yesterday lives in a small house near the river."
    alone = [(node.tag, node.dep, node.head.at) for node in read(one)]
    among = [(node.tag, node.dep, node.head.at) for node in read(f"Hello there. {one} Goodbye!")]
    assert among[3 : 3 + len(alone)] == alone


def test_nothing_and_anything_can_be_read() -> None:
    for text in ("", "?", "!!!", "x" * 5000, "é " * 300, "a-b-c--d 'tis n't", "word " * 2000, "🙂 ok"):
        assert all(node.head is not None for node in read(text))


def test_threads_may_read_at_the_same_time() -> None:
    texts = [f"He likes {number} dogs and she has a cat." for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: [one.dep for one in read(text)], texts)) == [
            [one.dep for one in read(text)] for text in texts
        ]


def test_forms_of_words() -> None:
    for form, tag, base in (
        ("studies", "VBZ", "study"), ("stopped", "VBD", "stop"), ("making", "VBG", "make"), ("went", "VBD", "go"),
        ("children", "NNS", "child"), ("boxes", "NNS", "box"), ("cities", "NNS", "city"), ("is", "VBZ", "be"),
    ):  # fmt: skip
        assert lemmas.lemma(form, tag) == base
    assert [lemmas.ing("run"), lemmas.ing("write"), lemmas.participle("stop"), lemmas.participle("take")] == [
        "running", "writing", "stopped", "taken",
    ]  # fmt: skip
    assert [lemmas.plural("child"), lemmas.plural("hero"), lemmas.plural("photo")] == ["children", "heroes", "photos"]
