"""Reading the module files once at start-up."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from api.english.catalog import frame, schema

CONTENT = Path(__file__).parent.parent / "content"


@dataclass(frozen=True)
class Catalog:
    """All modules in teaching order: by level, then by their place in it."""

    modules: tuple[schema.Module, ...]
    by_id: dict[str, schema.Module] = field(repr=False)

    def task(self, module_id: str, task_id: str) -> schema.Task | None:
        """The task, or None when there is no such module or it has no such task."""
        module = self.by_id.get(module_id)
        return module.task(task_id) if module is not None else None

    def after(self, module_id: str) -> schema.Module | None:
        """The module that follows in teaching order."""
        ids = [module.id for module in self.modules]
        place = ids.index(module_id) + 1
        return self.modules[place] if place < len(ids) else None


def read(folder: Path) -> Catalog:
    """Every `*.json` of the folder; raises pydantic's ValidationError (with the file's name) on a bad one."""
    modules: list[schema.Module] = []
    for path in sorted(folder.glob("*.json")):
        try:
            modules.append(schema.CourseModule.model_validate_json(path.read_bytes()))
        except ValueError as error:
            error.add_note(path.name)
            raise
    modules.sort(key=lambda module: (frame.LEVELS.index(module.level), module.order, module.id))
    return Catalog(tuple(modules), {module.id: module for module in modules})


@cache
def catalog() -> Catalog:
    """The shipped modules."""
    return read(CONTENT)
