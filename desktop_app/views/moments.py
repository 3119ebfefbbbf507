"""Moments as people read them, in the time of this place."""

from datetime import datetime


def in_words(moment: datetime) -> str:
    """ "22 May 2026, 14:02", or "today, 14:02"."""
    here, now = moment.astimezone(), datetime.now().astimezone()
    if here.date() == now.date():
        return f"today, {here:%H:%M}"
    return f"{here.day} {here:%B %Y}, {here:%H:%M}"
