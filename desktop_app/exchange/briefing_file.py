"""Writes a committee paper to disk in one of its forms."""

from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

from db.snapshot import Cancelled, IsCancelled, untold
from desktop_app.exchange import briefing_html, paper_file
from desktop_app.exchange.briefing_values import Paper

ENDINGS = {"docx": ".docx", "html": ".html"}
KINDS = {"docx": "Word documents (*.docx)", "html": "Web pages (*.html)"}  # as the system's dialog lists them

OnProgress = Callable[[float, str], None]


def write(
    paper: Paper,
    target: Path,
    form: str,
    *,
    template: Path | None = None,
    keep: Iterable[Path] = (),
    replace: bool = False,
    on_progress: OnProgress = untold,
    is_cancelled: IsCancelled = lambda: False,
) -> int:
    """Write a paper whole or not at all; return its size in bytes.

    Args:
        form: a key of ENDINGS; only "docx" uses the template.
        keep: files that must not be replaced, such as the inspection log; the template is one of them anyway.

    Raises:
        Cancelled: `is_cancelled` said so; nothing was written.
        CannotWrite: the place is refused (`paper_file.check_place`), or the disk refuses.
        NoTemplate: the template cannot be used.
    """
    kept = [*keep, *([template] if template else [])]
    paper_file.check_place(target, kept, replace=replace)
    content = _content(paper, form, template, _step(paper, on_progress, is_cancelled))
    on_progress(0.9, "Putting the paper in its place")
    paper_file.write(content, target, kept, replace=replace, is_cancelled=is_cancelled)
    on_progress(1.0, "Paper written")
    return len(content)


def _step(paper: Paper, on_progress: OnProgress, is_cancelled: IsCancelled) -> Callable[[], None]:
    """What a writer calls after every piece."""
    numbers = count(1)

    def step() -> None:
        if is_cancelled():
            raise Cancelled
        on_progress(0.8 * next(numbers) / paper.block_count, "Writing the paper")

    return step


def _content(paper: Paper, form: str, template: Path | None, step: Callable[[], None]) -> bytes:
    if form == "html":
        return briefing_html.page(paper, step)
    from desktop_app.exchange import briefing_docx  # python-docx is loaded only by who writes Word

    return briefing_docx.document(paper, template, step)
