"""When sound waits for a model that is on its way, and when a stopgap hears it."""

from speech.engines.waiting import Download, Waiting

WAIT_S = 30.0


def run(paces: list[tuple[float, float]], total: int = 150_000_000, wait_s: float = WAIT_S) -> list[bool]:
    """Seconds at bytes a second, one after the other; whether a stopgap hears, twice a second."""
    download, now, done = Download(0.0, wait_s), 0.0, 0.0
    heard: list[bool] = []
    for seconds, pace in paces:
        for _ in range(int(2 * seconds)):
            now, done = now + 0.5, min(total, done + pace / 2)
            download.note(now, "hub", int(done), total)
            heard.append(download.stopgap(now, heard[-1] if heard else False))
    return heard


def test_a_quick_download_is_waited_for() -> None:
    assert not any(run([(20, 7_500_000)]))


def test_a_long_one_has_a_stopgap_until_it_is_near() -> None:
    heard = run([(150, 1_000_000)])
    assert not any(heard[:6]) and heard[8] and heard[2 * 130]
    assert not any(heard[2 * 142 :])


def test_nothing_that_comes_is_waited_for_no_longer_than_was_set() -> None:
    heard = run([(40, 0)])
    assert heard.index(True) == 59 and all(heard[59:])


def test_one_that_stops_near_its_end_is_given_up_and_waited_for_again() -> None:
    heard = run([(18, 7_500_000), (30, 0), (5, 7_500_000)])
    assert not any(heard[:36]) and heard[2 * 47] and not heard[-1]


def test_who_never_waits_has_the_stopgap_at_once() -> None:
    assert all(run([(20, 7_500_000)], wait_s=0.0)[:-2])


def test_what_an_earlier_start_left_is_no_pace() -> None:
    download = Download(0.0, WAIT_S)
    for second in range(10):
        download.note(float(second), "hub", 0 if second == 0 else 100_000_000 + 1_000_000 * second, 150_000_000)
    assert download.left_s is not None and 38 < download.left_s < 45


def test_people_are_told_what_is_done_how_long_it_takes_and_that_their_sound_is_kept() -> None:
    fetching = Waiting("fetching", "Whisper base", 20, 50_000_000, 148_000_000).sentence()
    assert "50 of 148 MB" in fetching and "about 20 s left" in fetching and "kept" in fetching
    assert "most words" in Waiting("fetching", "Whisper base", 300, is_heard=True).sentence()
    assert "5 min" in Waiting("fetching", "Whisper base", 300).sentence()
    assert "loaded." in Waiting("loading", "Whisper base").sentence()
