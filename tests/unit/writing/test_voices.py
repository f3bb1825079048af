"""Speech in dialect and older English are left as they are; the same errors in a learner's own sentence are not."""

import pytest

from language import document
from language.grammar import check

LEFT_ALONE = """
“I ain't seen no horses,” said the man. “They was here last night, but they was gone by noon.”
“Them two has gone over the hill wi' the dog,” he said, “and he don't care who knows it.”
“Says I to my brother, he were a fool to go,” said the sailor. “You was right, he says.”
“Dem apples is for my mother,” the girl said.
“It don't matter, cap'n,” said the boy. “We was only goin' home.”
“I calls it a shame,” said the cook. “It were a good ship.”
"We was robbed", as my father often says.
They was good lads, as we say round here.
We was never rich, people used to say.
Thou hast no need of him, for he knoweth the way and he come not here.
'Twas long ago that he were king, and none was left that know him.
"We was fishin' all day," he said, "and me and my brother catches nothing."
"""
WRONG = """
In my country, people often say hello when they meets somebody.
On Sundays, my mother always sing and she cook for us.
When he is late, we always say he have to hurry.
When it rain, my mother always sing.
They was here last night, but he don't care.
They was here last night.
“They was here last night,” she said.
"He don't like it," she said.
I am agree with him. "You was late," he said. She were angry and they was tired, and they have saw the house.
"""


@pytest.mark.parametrize("line", LEFT_ALONE.strip().splitlines())
def test_speech_in_dialect_and_older_english_are_left_alone(line: str) -> None:
    """Whatever a speaker says who is quoted as one who speaks so."""
    assert not [one for one in check.of_text(line) if one.kind not in {"punctuation", "capitalisation"}]


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_an_error_without_a_mark_of_dialect_is_corrected(line: str) -> None:
    """Quotation marks alone make nothing right."""
    assert [one for one in check.of_text(line) if one.kind in {"agreement", "negation"}]


def test_in_a_story_that_is_right_around_it_speech_is_the_speakers() -> None:
    """A writer who makes no error in forty words quotes what was said."""
    story = (
        "He worked for them for many years, and in the end the old man gave him the house, the garden and a boat. "
        '"You was good to me," he said, and went in. The next morning the house was empty and nobody in the village '
        "knew where he had gone. "
    )
    assert not check.of_text(story)
    assert check.of_text(story + "My brother have a boat.")


def test_dialect_in_one_speech_leaves_the_narration_to_be_corrected() -> None:
    """Only what stands in quotation marks is the speaker's."""
    found = check.of_text("“It ain't mine, they was here first,” said the man. My brother have two car.")
    assert {one.suggestion for one in found} & {"has", "cars"}
    assert all(one.start > 50 for one in found)


RIGHT = """
He looks to me exactly like my father.
They were made into an independent people by the war.
He noticed also something that he had not seen in the garden before.
It would be awkward if one of us were taken ill.
I will introduce you both to my teacher.
You find a place on the banks that is quiet.
He gave an order to the guard who were watching the gate.
I knew that it was fight or die.
The big dog and he were led away by the old man.
She turned, so that they were face to face.
It was Miss Brown’s turn to sing.
The wall is six foot high and the man was under six foot.
Its very usefulness was a danger.
It was a small room without other furniture.
He was born in the England of the last century.
There were times when even his strong will was broken.
They spent a week there in time to come to the party.
There was lots of work to do.
It was worst of all in the evening.
The evidences of a fight were everywhere.
She stayed at an hotel near the sea.
A passion that was closer than his bones was not to be forgotten.
"""


@pytest.mark.parametrize("line", RIGHT.strip().splitlines())
def test_right_english_of_books_is_left_alone(line: str) -> None:
    """Kinds that novels and biographies showed."""
    assert not [one for one in check.corrections(document.parse(line)) if one.kind not in {"spelling", "punctuation"}]
