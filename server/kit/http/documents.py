"""Answers that are not JSON: text in some media type."""

from aiohttp import web

Document = web.Response
"""What a handler returns that answers with a document."""


def text(body: str, media_type: str) -> Document:
    """`body` in UTF-8."""
    return web.Response(text=body, content_type=media_type, charset="utf-8")
