from openapi_spec_validator import validate

from tests.support.node import Parley


async def test_the_process_says_that_it_is_well(parley: Parley) -> None:
    async with parley.client.get("/api/health") as response:
        assert response.status == 200
        assert await response.json() == {"status": "ok", "version": "0.1.0"}


async def test_details_need_a_credential(parley: Parley) -> None:
    async with parley.client.get("/api/health/detailed") as response:
        assert response.status == 401


async def test_the_document_is_valid_openapi_31(parley: Parley) -> None:
    async with parley.client.get("/api/openapi.json") as response:
        document = await response.json()
    assert document["openapi"] == "3.1.0"
    validate(document)
