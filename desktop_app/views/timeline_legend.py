"""What the marks of a timeline mean: each mark that occurs, with its words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from db.dates import PartialDate
from db.frameworks import Grade
from db.timeline import Event, Form, Timeline
from desktop_app import look
from desktop_app.views.flow_layout import FlowLayout
from desktop_app.views.plain_text import plain_label
from desktop_app.views.timeline_boxes import SMALL
from desktop_app.views.timeline_fonts import Fonts
from desktop_app.views.timeline_marks import paint_mark

_SOME_DAY = PartialDate(2000)
_MATCH_WORDS = {"close": "close match", "partial": "partly comparable"}


class _Swatch(QWidget):
    """A mark, painted as on the timeline, smaller."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self._event = event
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.signals.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        side_px = round(self.fontMetrics().height() * 1.3)
        return QSize(side_px, side_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self._event.form in SMALL:
            edge = area.width() * 0.3
            area = area.adjusted(edge, edge, -edge, -edge)
        paint_mark(painter, self._event, area.adjusted(0.5, 0.5, -0.5, -0.5), Fonts(self.font()))
        painter.end()


class Legend(QWidget):
    """The legend of one timeline; only what occurs in it is named."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What the marks mean")
        self.flow = FlowLayout(self, gap_px=look.space(2.5))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._entries: list[tuple[Event, str]] = []
        self._shown: list[QWidget] = []

    @property
    def words(self) -> list[str]:
        """What it says, mark by mark."""
        return [told for _, told in self._entries]

    def show_timeline(self, timeline: Timeline) -> None:
        """Name the marks of a timeline."""
        entries = entries_of(timeline)
        if entries == self._entries:
            return
        self._entries = entries
        for widget in self._shown:
            self.flow.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = [_entry(event, told) for event, told in entries]
        for widget in self._shown:
            self.flow.addWidget(widget)
        self.updateGeometry()


def _entry(event: Event, told: str) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.space(1.5))
    row.addWidget(_Swatch(event))
    row.addWidget(plain_label(told, "muted"))
    return whole


def entries_of(timeline: Timeline) -> list[tuple[Event, str]]:
    """Grades best first, then matches, then the other marks."""
    events = timeline.events
    grades: dict[tuple[int, str, str], Grade] = {}
    for event in events:
        if event.grade:
            grades.setdefault((event.grade.position, event.grade.label, event.grade.tone), event.grade)
    found = [
        (_sample(Form.GRADE, grade=grade, mark=grade.initials), grade.label)
        for _, grade in sorted(grades.items(), key=lambda item: item[0])
    ]
    found += [
        (_sample(Form.SPECIAL, mark=mark), label)
        for mark, label in dict.fromkeys((one.mark, one.label) for one in events if one.form is Form.SPECIAL)
    ]
    some = next(iter(grades.values()), None)
    used = {event.match for event in events if event.form is Form.GRADE}
    found += [
        (_sample(Form.GRADE, grade=some, match=match), told) for match, told in _MATCH_WORDS.items() if match in used
    ]
    forms = {event.form for event in events}
    if Form.SHARED in forms:
        found.append((_sample(Form.SHARED), "judged with another lane"))
    if any(event.is_grave for event in events if event.form is Form.VISIT):
        found.append((_sample(Form.VISIT, is_grave=True), "priority action"))
    if Form.OPEN in forms:
        found.append((_sample(Form.OPEN), "no grades on a lane"))
    if Form.DUE in forms:
        found.append((_sample(Form.DUE), "statutory date"))
    return found


def _sample(
    form: Form, *, grade: Grade | None = None, mark: str = "", match: str = "exact", is_grave: bool = False
) -> Event:
    return Event(
        inspection_id="",
        form=form,
        on=_SOME_DAY,
        label="",
        sentence="",
        grade=grade,
        mark=mark,
        match=match,
        is_grave=is_grave,
    )
