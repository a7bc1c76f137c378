"""What colours mean, with a note on each; and one entry alone."""

from gdstage.look.key import Key, KeyEntry
from gdstage.look.theme import current_theme

theme = current_theme()
pairs = [(theme.minimum, "the deepest minimum"), (theme.danger, "out of the domain")]
key = Key(pairs, -2.2, 1.0, pitch=1.3).note(("from 36% of the starts", "from 11%"), theme.ink)
picture = [key, KeyEntry(theme.iterate, "Newton", -2.2, -1.7, size=30)]
