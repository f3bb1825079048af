"""What the embedded servers report when they cannot run."""


class EmbeddedProblem(Exception):
    """One sentence, ready to be shown to the person who starts Parley."""
