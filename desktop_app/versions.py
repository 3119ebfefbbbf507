"""Which version of the program this is."""

UNINSTALLED = "0.1.0"


def program_version() -> str:
    """The version that is installed; that of the source tree where nothing is."""
    from importlib.metadata import PackageNotFoundError, version  # a third of our imports, and seldom asked for

    try:
        return version("inspection-log")
    except PackageNotFoundError:
        return UNINSTALLED
