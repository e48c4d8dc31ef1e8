import pytest

BIDDERS = ["ines", "jonas", "kemal", "lotte"]


class TestBids:
    @pytest.mark.parametrize("bidder", BIDDERS)
    @pytest.mark.parametrize("lot", [3, 14, 15, 92])
    def test_a_bid_gets_a_receipt(self, house, lot, bidder):
        response = house.post(f"/lots/{lot}/bids", json={"bidder": bidder})
        assert response.status_code == 201
        assert response.json()["receipt"] > 0

    @pytest.mark.parametrize("bidder", BIDDERS)
    def test_the_receipt_names_the_bidder(self, house, bidder):
        response = house.post("/lots/7/bids", json={"bidder": bidder})
        assert response.status_code == 201
        assert response.json()["bidder"] == bidder


@pytest.mark.parametrize("lot", [1, 2, 40])
def test_a_lot_has_an_opening_price(house, lot):
    assert house.get(f"/lots/{lot}").json()["opening"] == lot * 100


def test_there_is_no_such_page(house):
    assert house.get("/about").status_code == 404
