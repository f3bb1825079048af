"""Reads the header of Opus packets (RFC 6716)."""

MAX_PACKET_BYTES = 1275 * 3  # RFC 6716 section 3.4: frames of at most 1275 bytes; three make the longest usual packet

_SILK_MS = (10.0, 20.0, 40.0, 60.0)
_HYBRID_MS = (10.0, 20.0)
_CELT_MS = (2.5, 5.0, 10.0, 20.0)


def duration_ms(packet: bytes) -> float:
    """What a packet says of its own length, 2.5 to 120 ms (section 3.1). ValueError for none or an impossible one."""
    if not packet:
        raise ValueError("an Opus packet has at least one byte")
    configuration, count_code = packet[0] >> 3, packet[0] & 3
    if configuration < 12:
        frame = _SILK_MS[configuration % 4]
    elif configuration < 16:
        frame = _HYBRID_MS[configuration % 2]
    else:
        frame = _CELT_MS[configuration % 4]
    if count_code == 3 and len(packet) < 2:
        raise ValueError("the packet ends before its frame count")
    count = packet[1] & 0x3F if count_code == 3 else (1, 2, 2)[count_code]
    if not 0 < frame * count <= 120:
        raise ValueError("an Opus packet is at most 120 ms long")
    return frame * count
