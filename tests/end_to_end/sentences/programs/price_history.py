"""Prices by symbol: few lists that grow."""

import collections

OWNER, TYPE, EACH = "price_history.PRICES", "Price", 10000
SYMBOLS = ["AAPL", "AMZN", "GOOG", "IBM", "MSFT", "ORCL", "SAP", "TSLA"]
Price = collections.namedtuple("Price", "bid ask note")
PRICES = {symbol: [] for symbol in SYMBOLS}


def run(first):
    for number in range(first, first + EACH):
        symbol = SYMBOLS[number % len(SYMBOLS)]
        PRICES[symbol].append(Price(number + 0.25, number + 0.5, f"tick {number} " * 10))


def holder():
    return PRICES
