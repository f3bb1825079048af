"""What a person sees at an address of our pages where nothing is; programs get the error body (failures.py)."""

from aiohttp import hdrs, web

from kit.http import security

_HTML = "text/html"
_NO_PAGES = ("/api/", "/v1/", "/static/", "/sdk/")
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not found – Parley</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/css/parley.css">
</head>
<body>
<main>
<h1>There is nothing at this address.</h1>
<p><a href="/">Go to the first page</a></p>
</main>
</body>
</html>
"""


def wanted(request: web.BaseRequest) -> bool:
    """Whether a browser opens the address as a page: it names HTML first."""
    first = request.headers.get(hdrs.ACCEPT, "").partition(",")[0].partition(";")[0].strip().lower()
    return first == _HTML and request.method in ("GET", "HEAD") and not request.path.startswith(_NO_PAGES)


def page() -> web.Response:
    """The page, with the headers of our pages."""
    headers = {**security.page_headers(), hdrs.VARY: hdrs.ACCEPT, hdrs.CACHE_CONTROL: "no-store"}
    return web.Response(text=_PAGE, status=404, content_type=_HTML, charset="utf-8", headers=headers)
