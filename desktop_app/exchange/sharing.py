"""Shares a file in any of its forms: one place for the window and for the command line."""

from collections.abc import Callable

from db.full_copy import write_full_copy
from db.safe_copy import write_safe_copy
from desktop_app.exchange.outgoing import Order, Watch, Written

ENDINGS = {"sqlite": ".sqlite", "xlsx": ".xlsx", "csv": ".zip"}
KINDS = {  # as the system's dialog lists them
    "sqlite": "Inspection logs (*.sqlite)",
    "xlsx": "Excel workbooks (*.xlsx)",
    "csv": "Packages of tables (*.zip)",
}
NAMES = {"sqlite": "Copy", "xlsx": "Workbook", "csv": "Package of tables"}


def share(form: str, order: Order, watch: Watch | None = None) -> Written:
    """Write what was ordered in one of the forms of `ENDINGS`; it is whole or not there.

    Raises:
        Cancelled, CannotWrite, Busy, NotOurs, FileTooNew, Damaged: see `db.copy.write_copy`.
    """
    return _WRITERS[form](order, watch or Watch())


def _copy(order: Order, watch: Watch) -> Written:
    told = {
        "replace": order.replace,
        "made_with": order.made_with,
        "on_progress": watch.on_progress,
        "is_cancelled": watch.is_cancelled,
        "hold_saves": watch.hold_saves,
    }
    if order.choice is None:
        made = write_full_copy(order.source, order.target, **told)  # type: ignore[arg-type]
    else:
        made = write_safe_copy(
            order.source,
            order.target,
            order.choice,
            with_metadata=order.with_metadata,
            **told,  # type: ignore[arg-type]
        )
    return Written(made.path, made.size_bytes, made.contents)


def _workbook(order: Order, watch: Watch) -> Written:
    from desktop_app.exchange.workbook import write_workbook

    return write_workbook(order, watch)


def _tables(order: Order, watch: Watch) -> Written:
    from desktop_app.exchange.tables import write_tables

    return write_tables(order, watch)


_WRITERS: dict[str, Callable[[Order, Watch], Written]] = {"sqlite": _copy, "xlsx": _workbook, "csv": _tables}
