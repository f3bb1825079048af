"""Numbers as they are read aloud: cardinals, ordinals, years, decimals, times, money, fractions."""

import re

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINAL = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
            "twelve": "twelfth"}  # fmt: skip
_MONEY = {"$": ("dollar", "cent"), "£": ("pound", "penny"), "€": ("euro", "cent"), "¥": ("yuan", "fen")}
_UNITS = {
    "km": "kilometers", "kg": "kilograms", "cm": "centimeters", "mm": "millimeters", "m": "meters", "g": "grams",
    "ml": "milliliters", "l": "liters", "mph": "miles per hour", "kmh": "kilometers per hour", "lb": "pounds",
    "lbs": "pounds", "ft": "feet", "oz": "ounces", "gb": "gigabytes", "mb": "megabytes", "hz": "hertz",
    "min": "minutes", "h": "hours", "s": "seconds", "am": "a m", "pm": "p m", "°c": "degrees celsius",
    "°f": "degrees fahrenheit", "°": "degrees", "%": "percent", "bn": "billion", "k": "thousand",
}  # fmt: skip


def cardinal(n: int) -> list[str]:
    """125 → one hundred twenty five."""
    if n < 20:
        return [_ONES[n]]
    if n < 100:
        return [_TENS[n // 10], *([_ONES[n % 10]] if n % 10 else [])]
    for size, name in _SCALES:
        if n >= size:
            return [*cardinal(n // size), name, *(cardinal(n % size) if n % size else [])]
    raise ValueError(n)


def ordinal(n: int) -> list[str]:
    """21 → twenty first."""
    *head, last = cardinal(n)
    if last in _ORDINAL:
        return [*head, _ORDINAL[last]]
    return [*head, last[:-1] + "ieth" if last.endswith("y") else last + "th"]


def year(n: int) -> list[str]:
    """1998 → nineteen ninety eight; 2005 → two thousand five; 1900 → nineteen hundred."""
    if n % 1000 < 10 or not 1000 <= n <= 2099:
        return cardinal(n)
    high, low = divmod(n, 100)
    if low == 0:
        return [*cardinal(high), "hundred"]
    return [*cardinal(high), *(["oh", _ONES[low]] if low < 10 else cardinal(low))]


def digits(text: str) -> list[str]:
    """Digit by digit, as telephone and room numbers are read."""
    return [_ONES[int(d)] for d in text if d.isdigit()]


def read(token: str) -> list[str] | None:
    """The words a token made of digits is read as, or None when it is no number we know how to read."""
    text = token.replace(",", "")
    if re.fullmatch(r"\d+", text):
        return _whole(token, text)
    found = re.fullmatch(r"([$£€¥])(\d+)(?:\.(\d\d?))?([kmb]|bn)?", text, re.I)
    if found:
        return _money(*found.groups())
    found = re.fullmatch(r"(\d{1,2}):(\d\d)([ap]m)?", text, re.I)
    if found:
        return _clock(*found.groups())
    found = re.fullmatch(r"(\d+)(st|nd|rd|th)", text, re.I)
    if found:
        return ordinal(int(found[1])) if len(found[1]) <= 12 else None
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    if found:
        return _fraction(int(found[1]), int(found[2]))
    if re.fullmatch(r"\+?\d+(?:-\d+)+", text):
        return [*(["plus"] if text[0] == "+" else []), *digits(text)] if len(text) > 6 else None
    found = re.fullmatch(r"(\d{2,4})'?s", text)
    if found:
        *head, last = year(int(found[1]))
        return [*head, last[:-1] + "ies" if last.endswith("y") else last + "s"]
    found = re.fullmatch(r"([-−+]?)(\d*)\.?(\d*)(%|°[cf]?|[a-z]{1,3})?", text, re.I)
    return _measure(*found.groups()) if found and (found[2] or found[3]) else None


def others(token: str) -> list[list[str]]:
    """Other ways in which a token made of digits may be read aloud; [] when there are none."""
    text = token.replace(",", "")
    found: list[list[str]] = []
    if re.fullmatch(r"\d+", text):
        found = _others_whole(text, "," in token)
    elif part := re.fullmatch(r"(\d{1,2}):(\d\d)", text):
        found = _others_clock(int(part[1]), int(part[2]))
    elif part := re.fullmatch(r"([$£€¥])(\d+)\.(\d\d)", text):
        cents, first = cardinal(int(part[3])), read(token) or []
        split = len(first) - len(cents) - 1
        if int(part[3]):
            found = [[*first[:split], "and", *first[split:]], first[:-1], [*cardinal(int(part[2])), *cents]]
    elif part := re.fullmatch(r"[-−](.+)", text):
        found = [["negative", *(read(part[1]) or [])]]
    elif part := re.fullmatch(r"0?(\.\d+)", text):
        found = [start + (read(part[1]) or []) for start in ([], ["oh"], ["nought"])]
    usual = read(token)
    return [words for i, words in enumerate(found) if words != usual and words not in found[:i]]


def _others_whole(text: str, grouped: bool) -> list[list[str]]:
    n = int(text)
    plain = [digits(text)] if len(text) in (3, 4) or text[0] == "0" else []
    oh = [["oh" if w == "zero" else w for w in digits(text)]] if "0" in text and len(text) > 2 else []
    if grouped or text[0] == "0" or len(text) > 6:
        return [*([_with_and(n)] if grouped and len(text) <= 12 else []), *([] if grouped else oh)]
    pairs = [[*cardinal(n // 100), *cardinal(n % 100)]] if len(text) == 3 and n % 100 > 9 else []
    one = [["a", *cardinal(n)[1:]]] if text in ("100", "1000") else []
    return [*one, cardinal(n), _with_and(n), *pairs, *plain, *oh] if n >= 100 else []


def _with_and(n: int) -> list[str]:
    """The British way: one hundred and five, two thousand and five."""
    rest = n % 1000
    if rest < 100:
        return [*cardinal(n - rest), "and", *cardinal(rest)] if rest and n > 100 else cardinal(n)
    head = cardinal(n - rest) if n >= 1000 else []
    return [*head, *cardinal(rest // 100), "hundred", *(["and", *cardinal(rest % 100)] if rest % 100 else [])]


def _others_clock(hour: int, minute: int) -> list[list[str]]:
    now, following = cardinal(hour), cardinal(hour % 12 + 1)
    if minute == 0:
        return [now]
    named = {15: ["quarter", "past", *now], 30: ["half", "past", *now], 45: ["quarter", "to", *following]}.get(minute)
    return [named, ["a", *named]] if named and minute != 30 else [named] if named else []


def _whole(token: str, text: str) -> list[str]:
    if "," not in token and len(text) == 4 and text[0] != "0":
        return year(int(text))
    if len(text) > 12 or (len(text) > 1 and text[0] == "0") or ("," not in token and len(text) > 6):
        return digits(text)
    return cardinal(int(text))


def _plural(n: int, unit: str) -> str:
    irregular = {"penny": "pence", "yuan": "yuan", "fen": "fen"}
    return unit if n == 1 else irregular.get(unit, unit + "s")


def _money(sign: str, whole: str, part: str | None, scale: str | None) -> list[str]:
    unit, small = _MONEY[sign]
    words = cardinal(int(whole))
    if scale:
        name = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}[scale.lower()]
        return [*words, *(["point", *digits(part)] if part else []), name, _plural(2, unit)]
    words.append(_plural(int(whole), unit))
    cents = int((part or "0").ljust(2, "0"))
    return [*words, *cardinal(cents), _plural(cents, small)] if cents else words


def _clock(hour: str, minute: str, half: str | None) -> list[str]:
    words = cardinal(int(hour))
    if int(minute):
        words += ["oh", *cardinal(int(minute))] if int(minute) < 10 else cardinal(int(minute))
    elif not half:
        words.append("o'clock")
    return words + ([half[0].lower(), "m"] if half else [])


def _fraction(top: int, bottom: int) -> list[str] | None:
    if not 1 <= bottom <= 100 or top > 100:
        return [*cardinal(top), "slash", *cardinal(bottom)] if max(top, bottom) < 10**6 else None
    name = {1: ["over", "one"], 2: ["half"], 4: ["quarter"]}.get(bottom) or ordinal(bottom)
    if top > 1 and bottom > 1:
        name = [*name[:-1], "halves" if bottom == 2 else name[-1] + "s"]
    return [*cardinal(top), *name]


def _measure(sign: str, whole: str, part: str, unit: str | None) -> list[str] | None:
    if len(whole) > 12:
        return None
    words = [] if not sign else ["plus" if sign == "+" else "minus"]
    if whole:
        words += cardinal(int(whole))
    if part:
        words += ["point", *digits(part)]
    if unit:
        name = _UNITS.get(unit.lower())
        if name is None:
            return None
        words += name.split()
    return words
