"""Shapes of health on the wire."""

from typing import Literal

from pydantic import Field

from kit.http.wire import View


class HealthResponse(View):
    status: Literal["ok"] = Field(description="The process answers.", examples=["ok"])
    version: str = Field(description="Parley's version.", examples=["0.1.0"])


class HealthPulse(View):
    number: int = Field(description="1, and a second later 2.", examples=[1])


class HealthCheckItem(View):
    name: str = Field(description="The part that was checked.", examples=["postgresql"])
    status: Literal["ok", "degraded", "down"] = Field(description="How it is.", examples=["ok"])
    latency_ms: float = Field(description="Duration of the check in milliseconds.", examples=[0.4])
    detail: str = Field(description="The result in words.", examples=["18.6"])
    waiting_for: str | None = Field(None, description="What has to come first: `fetching` or `loading` of a model.")
    wait_seconds: int | None = Field(None, description="Estimated seconds until then; null when unknown.")


class DetailedHealthResponse(View):
    status: Literal["ok", "degraded", "down"] = Field(description="The worst state of a needed part.", examples=["ok"])
    checks: list[HealthCheckItem] = Field(description="One entry for each part.")
    node: str = Field(description="The node that answered.", examples=["node-aZ3"])
    uptime_seconds: int = Field(description="Seconds since this node started.", examples=[86400])
