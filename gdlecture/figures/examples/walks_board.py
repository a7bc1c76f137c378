"""Several walks beside their picture: name, value and fate of each."""

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.look.theme import current_theme
from gdstage.walks.board import Board
from gdstage.walks.run import Run

theme = current_theme()
runs = []
for rate, colour in zip((0.04, 0.3, 0.5), theme.runs, strict=False):
    walk = descend(LOG_VALLEY, 1.6, gradient_step(rate), 25, 1e-5)
    runs.append(Run(f"α = {rate}", f"α = {rate}", walk, colour))
board = Board(theme, runs, x=2.2, top=1.6).read([25, 6, 0])
number = board.numbers[0]
picture = [board, board.numbers, board.fates]
