"""The parts of the web shop that serve_shop.py runs."""
