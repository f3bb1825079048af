"""Which sound of the tutor may still be played."""

_HALF, _WHOLE = 0x8000, 0x10000


class Epochs:
    """Sound carries the last 16 bits of its epoch; a flush forbids what is earlier."""

    def __init__(self) -> None:
        self._newest = 0
        self._least = 0

    def whole(self, low: int) -> int:
        """The epoch that is nearest to the newest one."""
        apart = (low - self._newest) % _WHOLE
        epoch = self._newest + (apart if apart < _HALF else apart - _WHOLE)
        self._newest = max(self._newest, epoch)
        return epoch

    def flushed(self, epoch: int) -> None:
        """Sound of earlier epochs may no longer be played."""
        self._least = max(self._least, epoch)
        self._newest = max(self._newest, epoch)

    def may_be_played(self, epoch: int) -> bool:
        """Whether sound of this epoch may still be played."""
        return epoch >= self._least
