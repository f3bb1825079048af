"""Validation errors of what a client sent: all at once, as JSON pointers and sentences."""

from pydantic import ValidationError

from kit import errors, storable

_MOST_TOLD = 50
_LONGEST_POINTER = 200


def explain(error: ValidationError) -> errors.Failure:
    """A Failure from pydantic's errors; the values are not repeated."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    fields = [
        (pointer(problem["loc"])[:_LONGEST_POINTER], problem["msg"].removeprefix("Value error, "))
        for problem in problems[:_MOST_TOLD]
    ]
    many = f"{len(problems)} fields are" if len(problems) > 1 else "A field is"
    return errors.invalid(f"{many} not valid.", fields)


def refuse_unstorable(values: object) -> None:
    """Failure `invalid_request` that names every text and number that could not be kept."""
    if found := storable.faults(values):
        fields = [(pointer(place)[:_LONGEST_POINTER], why) for place, why in found]
        raise errors.invalid("A value cannot be kept.", fields)


def pointer(location: tuple[int | str, ...]) -> str:
    """RFC 6901."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location) or "/"
