"""Settings of recognition on a Ray cluster. docs/ray.md explains them."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_PATTERN = r"^(auto|(ray://)?[A-Za-z0-9._-]+:[0-9]{1,5})$"


class RaySettings(BaseSettings):
    model_config = SettingsConfigDict(defer_build=True)  # only `Settings` is ever made

    ray_address: str | None = Field(
        None,
        max_length=300,
        pattern=_PATTERN,
        description="For `ray`: the cluster's address, host:port or auto where this machine is part of it.",
    )
    ray_gpus: float = Field(0, ge=0, le=16, description="GPUs of a Ray actor, such as 0.25; 0 runs it on a processor.")
    ray_cpus: float = Field(1, gt=0, le=1024, description="CPUs of a Ray actor.")
    ray_actors_min: int = Field(2, ge=1, le=128, description="Ray actors that always run.")
    ray_actors_max: int = Field(4, ge=1, le=128, description="Ray actors when speakers wait.")

    def check_ray(self, engine: str) -> None:
        """ValueError where the settings contradict each other."""
        if engine == "ray" and self.ray_address is None:
            raise ValueError("PARLEY_SPEECH_ENGINE is ray, but PARLEY_RAY_ADDRESS names no cluster.")
        if self.ray_actors_min > self.ray_actors_max:
            raise ValueError("PARLEY_RAY_ACTORS_MIN is larger than PARLEY_RAY_ACTORS_MAX.")
