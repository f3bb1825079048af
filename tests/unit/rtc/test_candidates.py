"""Where a client can make us send packets."""

import pytest

from kit.errors import Failure
from realtime.transports.webrtc.candidates import Candidates, sends_to

PUBLIC = ["8.8.8.8", "203.0.114.1", "2606:4700::1111"]
PRIVATE = ["10.0.0.1", "172.16.3.4", "192.168.1.20", "100.64.0.1", "fc00::1", "fd12:3456:789a::20"]
NEVER = [
    "127.0.0.1",
    "127.8.9.1",
    "::1",
    "0.0.0.0",
    "::",
    "169.254.169.254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "224.0.0.251",
    "ff02::fb",
    "255.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "2001:db8::1",
    "fd00:ec2::254",
    "100.100.100.200",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "2002:7f00:1::1",
    "2001:0:4136:e378::1",
    "192.88.99.1",
    "2606:4700::1%eth0",
    "localhost",
    "example.org",
    "0a1b2c3d.local",
    "127.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "８.8.8.8",
    "",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_packets_go_to_public_addresses(address: str) -> None:
    assert sends_to(address, 5000)


@pytest.mark.parametrize("address", PRIVATE)
def test_packets_go_to_private_addresses_only_by_a_setting(address: str) -> None:
    assert not sends_to(address, 5000)
    assert sends_to(address, 5000, private=True)


@pytest.mark.parametrize("address", NEVER)
def test_packets_never_go_to_this_machine_its_link_or_a_name(address: str) -> None:
    assert not sends_to(address, 5000)
    assert not sends_to(address, 5000, private=True)


def test_ports_are_those_that_browsers_send_to() -> None:
    ports = (0, 22, 53, 80, 443, 1023, 1024, 65535, 65536)
    assert [port for port in ports if sends_to("8.8.8.8", port)] == [80, 443, 1024, 65535]


@pytest.mark.parametrize(
    "text",
    [
        "1 2 udp 1 8.8.8.8 5000 typ host",
        "1 1 tcp 1 8.8.8.8 9 typ host tcptype active",
        "1 1 ssltcp 1 8.8.8.8 443 typ host",
        "1 1 udp 1 8.8.8.8 5000 typ prflx",
        "1 1 udp 1 8.8.8.8 5000 typ new",
        "a=b 1 udp 1 8.8.8.8 5000 typ host",
        "1 1 udp 1 0a1b2c3d-0000-4000-8000-00805f9b34fb.local 5000 typ host generation 0",
    ],
)
def test_what_is_not_for_us_is_left_out(text: str) -> None:
    assert Candidates().take(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1 1 udp 1 8.8.8.8 5000 host",
        "1 x udp 1 8.8.8.8 5000 typ host",
        "1 1 udp -1 8.8.8.8 5000 typ host",
        "1 1 udp 1 8.8.8.8 ５000 typ host",
        "1 1 udp 99999999999999 8.8.8.8 5000 typ host",
    ],
)
def test_what_is_no_candidate_is_refused(text: str) -> None:
    with pytest.raises(Failure):
        Candidates().take(text)


def test_a_candidate_is_taken_as_it_stands() -> None:
    found = Candidates().take("842163049 1 UDP 1677729535 8.8.8.8 46154 typ srflx raddr 10.0.0.17 rport 46154")
    assert found is not None
    assert (found.ip, found.port, found.priority, found.type, found.protocol) == (
        "8.8.8.8",
        46154,
        1677729535,
        "srflx",
        "udp",
    )
