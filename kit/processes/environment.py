"""The environment of a child: only named variables, because others hold keys and addresses. Names may have stars."""

import os
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SYSTEM = (
    *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "LC_*", "TZ", "TMPDIR", "XDG_*"),
    *("LD_*", "DYLD_*", "PYTHON*", "MALLOC_*"),
)
"""What any program may need."""

NUMERIC = ("CUDA_*", "NVIDIA_*", "CT2_*", "ORT_*", "OMP_*", "KMP_*", "GOMP_*", "MKL_*", "OPENBLAS_*")
"""Settings of the libraries that compute."""

NETWORK = (
    *("*_PROXY", "*_proxy", "SSL_CERT_*", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NETRC"),
    *("HF_*", "HUGGINGFACE_*", "UV_*", "PIP_*"),
)
"""Settings of programs that fetch something: proxies, certificates, the model hub, the package index."""

POSTGRES = ("PG*", "KRB5*", "SSL_CERT_*", "OPENSSL_*")
"""Settings of PostgreSQL's client programs."""


def inherited(*names: str) -> dict[str, str]:
    """Our variables that match one of the names."""
    return {name: value for name, value in os.environ.items() if any(fnmatchcase(name, one) for one in names)}


def whole() -> dict[str, str]:
    """Everything: for a child that is a Parley like this one."""
    return dict(os.environ)


def bare() -> dict[str, str]:
    """None of our variables: for a child that reads uploaded files. Its libraries use one thread."""
    return {"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def with_our_modules(variables: Mapping[str, str]) -> dict[str, str]:
    """The same, in which Python finds Parley first."""
    return {**variables, "PYTHONPATH": _joined([str(ROOT), variables.get("PYTHONPATH", "")])}


def _joined(paths: Iterable[str]) -> str:
    return os.pathsep.join(filter(None, paths))
