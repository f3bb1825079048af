"""Whether a message can be answered: detects other languages, random keys, and one word repeated."""

# ruff: noqa: E501 - one language a line reads best

import re
from typing import Literal

from language import tokens

Sense = Literal["english", "other_language", "nonsense"]

_WORDS_OF = (
    "el la los las que de no en una por con para esto nada hola gracias estoy soy muy pero entiendo puedo quiero yo me mi gusta gustan tengo porque el está como también ser muchas español inglés",
    "le la les je ne pas et est une des que pour dans avec bonjour merci oui suis mais comprends vous nous très ai j'ai aime mon ma elle il sur fait beaucoup parle",
    "der die das und ich nicht ist ein eine mit auf für ja nein danke guten verstehe bin wir sie kann aber sehr habe mein meine gern gerne heute zu es spiele mag wie ihr dich mich",
    "il lo la che non di è una per con ciao grazie sono ma capisco questo molto voglio io mi piace ho mia mio con anche perché il",
    "o os as que não de em uma para com obrigado olá sou mas entendo isso muito quero eu gosto tenho minha meu porque também está",
    "nie jest się na to że co jak dziękuję tak ale ja rozumiem bardzo mam lubię mój moja mi się",
    "bir ve bu ne için ben değil evet hayır çok merhaba teşekkürler anlamıyorum",
)
_OTHERS = [frozenset(words.split()) for words in _WORDS_OF]
_FOREIGN = frozenset(
    """
    hola gracias estoy entiendo puedo quiero buenos buenas días bonjour bonsoir salut merci oui comprends ich nicht
    danke guten verstehe ciao grazie capisco buongiorno obrigado obrigada olá não bom entendo dziękuję cześć dzień
    dobry rozumiem merhaba evet hayır teşekkürler anlamıyorum tschüss perdón adiós
    """.split()  # noqa: SIM905
)
_ENGLISH = frozenset(
    """
    the a an i you he she it we they is are am was were be have has had do does did not and or but of to in on at with
    for my your this that what how when where who why yes no please like can will would because very so if me
    """.split()  # noqa: SIM905
)
_MASHED = re.compile(r"^(?:asdf|qwer|zxcv|hjkl|sdfg|dfgh|uiop|jkl)[a-z]*$|^[bcdfghjklmnpqrstvwxz]{4,}$|(.)\1{3,}", re.I)


def of(text: str) -> Sense:
    """What kind of message it is; when in doubt, English."""
    words = tokens.letters(text)
    if not words:
        return "english"
    english = sum(word in _ENGLISH for word in words)
    other = max(sum(word in known for word in words) for known in _OTHERS)
    if re.search(r"[^\u0000-\u024f\u2010-\u2027]", text) or (other >= 2 and other > english + 1):
        return "other_language"
    if sum(word in _FOREIGN for word in words) * 2 >= len(words):
        return "other_language"
    if sum(bool(_MASHED.search(word)) for word in words) * 2 > len(words):
        return "nonsense"
    return "nonsense" if len(words) >= 3 and len(set(words)) == 1 else "english"
