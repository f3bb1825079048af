"""Settings from the environment and the command line, with errors a person can act on."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from server.bootstrap.environment import ROOT
from server.bootstrap.terminal import Stop
from server.config import Settings


def read(arguments: argparse.Namespace | None = None) -> Settings:
    """The settings; an option of the command line wins over the environment. Stop names the first broken one."""
    given = {} if arguments is None else vars(arguments)
    options = {
        "host": given.get("host"),
        "port": given.get("port"),
        "data_dir": given.get("data"),
        "workers": given.get("workers"),
    }
    chosen = {name: value for name, value in options.items() if value is not None}
    try:
        settings = Settings(**chosen)
    except ValidationError as error:
        raise Stop(_sentence(error, chosen)) from error
    except SettingsError as error:
        field = re.search(r'field "(\w+)"', str(error))
        raise Stop(f"PARLEY_{field[1].upper() if field else '…'} is not usable: it has to be JSON.") from error
    # By default the data is beside the program, wherever it was started from.
    data_dir = settings.data_dir if "data_dir" in settings.model_fields_set else ROOT / settings.data_dir
    try:
        return settings.model_copy(update={"data_dir": Path(data_dir).expanduser().absolute()})
    except RuntimeError as error:
        raise Stop(f"The data folder {data_dir} names a user that this machine does not know.") from error


def described() -> Iterator[str]:
    """A line for every setting: its name, what it does, its default."""
    for name, field in sorted(Settings.model_fields.items()):
        default = field.get_default(call_default_factory=True)
        shown = "" if default is None or default == () else f" (default {_as_text(default)})"
        yield f"PARLEY_{name.upper():<24} {field.description}{shown}"


def _as_text(default: object) -> str:
    return ",".join(map(str, default)) if isinstance(default, tuple) else str(default)


def _sentence(error: ValidationError, chosen: dict[str, str]) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if not first["loc"]:  # about several settings: already a whole sentence
        return first["msg"].removeprefix("Value error, ")
    field = str(first["loc"][0])
    name = field.upper() if field.upper().startswith("PARLEY_") else f"PARLEY_{field.upper()}"
    options = {"host": "--host", "port": "--port", "data_dir": "--data", "workers": "--workers"}
    option = options.get(field, "") if field in chosen else ""
    message = first["msg"].removeprefix("Value error, ").rstrip(".")
    inside = " ".join(str(part) for part in first["loc"][1:] if isinstance(part, str))
    return f"{option or name} is not usable: {f'{inside}: ' if inside else ''}{message}."
