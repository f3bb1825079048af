"""What is counted of peers, wherever they run; it loads without aiortc."""

from prometheus_client import Counter, Gauge

PEERS = Gauge("parley_rtc_peers", "Peer connections that are open.")
TRACKS = Gauge("parley_rtc_inbound_tracks", "Inbound audio tracks being decoded.")
LOST = Counter("parley_rtc_packets_lost", "Packets that never came, or too late.")
WORKERS = Gauge("parley_media_workers", "Media workers that are ready.")
WORKERS_LOST = Counter("parley_media_workers_lost", "Media workers that died or hung.")
