"""What the embedded servers report when they cannot run."""

from kit.errors import Unstartable


class EmbeddedProblem(Unstartable):
    """An embedded server cannot run."""
