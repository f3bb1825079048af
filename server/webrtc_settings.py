"""Settings of WebRTC: addresses, ports and relays. docs/webrtc.md explains them."""

from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from server.setting_types import HostAddresses, IceAddresses, PortRange


class WebRtcSettings(BaseSettings):
    model_config = SettingsConfigDict(defer_build=True)  # only `Settings` is ever made

    ice_servers: Annotated[IceAddresses, NoDecode] = Field(
        (), description="STUN and TURN addresses for WebRTC, such as stun:stun.example.org."
    )
    ice_private: bool = Field(
        False,
        description="Whether WebRTC sends to private addresses that a client names, before packets come from there.",
    )
    ice_ports: Annotated[PortRange | None, NoDecode] = Field(
        None, description="UDP ports that WebRTC peers use, such as 50000-50999; by default any free one."
    )
    ice_addresses: Annotated[HostAddresses, NoDecode] = Field(
        (), description="Public addresses of this machine for WebRTC, where it is behind a NAT that keeps the ports."
    )
    media_workers: int = Field(
        0, ge=0, le=64, description="Processes that carry WebRTC peers; 0 has them in the server's own."
    )
    turn_secret: SecretStr | None = Field(None, description="Shared secret for TURN credentials that expire.")
