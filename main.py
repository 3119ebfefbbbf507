"""Inspection Log: launch the window, or do one task without it."""

import sys


def main() -> int:
    """Run what the command line asks for; return the exit status."""
    from desktop_app import command_line

    return command_line.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
