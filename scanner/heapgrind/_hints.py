"""What somebody may have meant who has mistyped."""


def closest(word, names):
    """Returns the name that a word was meant to be; None if that is not clear."""
    import difflib  # Not in the heap of a program that is run.

    found = difflib.get_close_matches(word, names, 1, 0.6)
    return found[0] if found else None


def did_you_mean(word, names, before=""):
    """Returns a line that ends a message, or "": "\\nhint: did you mean NAME?"."""
    name = closest(word, names)
    if name is None:
        return ""
    return "\nhint: did you mean {}{}?".format(before, name)


def unknown_option(argument, names):
    """Returns what to say of an option that there is not."""
    return "unknown option '{}'{}".format(
        argument, did_you_mean(argument.partition("=")[0], names)
    )
