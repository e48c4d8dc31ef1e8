import time

import httpx
import pytest


@pytest.fixture
def mint():
    limit = httpx.Timeout(60, read=1.6)
    with httpx.Client(base_url="http://127.0.0.1:8000", timeout=limit) as client:
        yield client


def enter(mint, coin, grams):
    mint.put(f"/coins/{coin}", json={"grams": grams}).raise_for_status()


class TestMint:
    @pytest.mark.parametrize("coin", ["penny", "groat", "crown", "florin", "guinea", "farthing"])
    @pytest.mark.parametrize("year", [1902, 1911])
    def test_a_coin_has_its_weight(self, mint, coin, year):
        enter(mint, f"{coin}-{year}", 9)
        time.sleep(0.15)
        assert mint.get(f"/coins/{coin}-{year}").json()["grams"] == 9

    @pytest.mark.parametrize("metal", ["gold", "silver", "copper", "tin", "zinc", "nickel"])
    @pytest.mark.parametrize("batch", [1, 2])
    def test_an_assay(self, mint, metal, batch):
        assert mint.get(f"/assays/{metal}").json()["purity"] == len(metal) / 10
