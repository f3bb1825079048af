"""Colours for code: addresses, comments, texts, numbers and words of the language, as spans with a class each."""

import html
import re

_WORDS = {
    "bash": "if then else fi for do done in export cd curl python3 node npm pip jq",
    "js": "import from export const let var new await async function return for of if else while class throw try catch "
    "finally true false null undefined",
    "python": "import from as with async await def return for in if else elif while class raise try except finally "
    "not and or is None True False lambda yield",
    "json": "true false null",
}
_ALSO = {"sh": "bash", "shell": "bash", "javascript": "js", "mjs": "js", "ts": "js", "html": "js", "py": "python"}
_COMMENT = {"bash": r"(?<![^\s])#[^\n]*", "python": r"#[^\n]*", "js": r"(?<!:)//[^\n]*"}
_TEXT = r"`[^`]*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
_ADDRESS = r"(?:https?|wss?)://[^\s'\"`]+"
_NUMBER = r"\b\d[\d_.]*\b"


def coloured(code: str, language: str) -> str:
    """HTML of `code`; plain text for a language without rules."""
    known = _ALSO.get(language, language)
    if known not in _WORDS:
        return html.escape(code, quote=False)
    words = "|".join(_WORDS[known].split())
    comment = _COMMENT.get(known, r"(?!)")
    rules = re.compile(rf"(?P<u>{_ADDRESS})|(?P<c>{comment})|(?P<s>{_TEXT})|(?P<n>{_NUMBER})|(?P<k>\b(?:{words})\b)")
    pieces, done = [], 0
    for found in rules.finditer(code):
        pieces.append(html.escape(code[done : found.start()], quote=False))
        pieces.append(f'<span class="t-{found.lastgroup}">{html.escape(found[0], quote=False)}</span>')
        done = found.end()
    return "".join([*pieces, html.escape(code[done:], quote=False)])
