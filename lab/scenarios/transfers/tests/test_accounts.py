from concurrent.futures import ThreadPoolExecutor

import pytest

from transfers.accounts import balance, transfer


@pytest.mark.parametrize("account", range(20, 30))
def test_money_arrives(account):
    transfer(account, account + 10, 500)
    assert balance(account + 10) - balance(account) == 1000


@pytest.mark.parametrize("first,second", [(1, 2), (3, 4), (5, 6)])
def test_crossing_transfers(first, second):
    with ThreadPoolExecutor(2) as threads:
        there = threads.submit(transfer, first, second, 700)
        back = threads.submit(transfer, second, first, 700)
    there.result()
    back.result()
    assert balance(first) == balance(second) == 100000


@pytest.mark.parametrize("account", [7, 8])
def test_balance_at_first(account):
    assert balance(account) == 100000
