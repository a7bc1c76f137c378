"""Ways to lie: a function of the drawing code does otherwise. Each makes a lie for `caught`."""


def replaced(where, other):
    """Another function instead; `other(original, *args)` is given the one that was there, too."""

    def lie(instead):
        def make(original):
            return lambda *args, **more: other(original, *args, **more)

        instead(where, make)

    return lie


def arguments(where, change):
    """A lie in what one function is given: `change(*args)` are its arguments."""
    return replaced(where, lambda original, *args, **more: original(*change(*args), **more))


def result(where, change):
    """A lie in what one function gives back: `change(found)` is that."""
    return replaced(where, lambda original, *args, **more: change(original(*args, **more)))


def wrapped(where, change):
    """The same, told also what the function was given: `change(found, *args)`."""
    return replaced(where, lambda original, *args, **more: change(original(*args, **more), *args))


def afterwards(where, change):
    """A lie after a method that gives nothing back, as one that makes an object: `change(it)`."""

    def other(original, it, *args, **more):
        original(it, *args, **more)
        change(it)

    return replaced(where, other)
