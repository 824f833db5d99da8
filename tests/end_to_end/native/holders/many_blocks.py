"""So many blocks that it takes more than a second to look at them."""

import holders

import holding

LIST = holders.List(6000000)
holding.wait(blocks=6000000)
