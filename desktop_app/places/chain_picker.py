"""Chooses one of many: a quote of a later report, or an earlier area for improvement; typing narrows the list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.records import Record
from db.text import fold
from desktop_app import look
from desktop_app.tables.record_list import Card, RecordList, RecordView
from desktop_app.views.announce import announce
from desktop_app.views.fields import LineField
from desktop_app.views.labelled import Labelled
from desktop_app.views.plain_text import wrapped_label

_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ChainPicker(QDialog):
    """Records to choose from, the likeliest first.

    Signals:
        chosen: Emitted with the record.
    """

    chosen = Signal(object)

    def __init__(
        self, title: str, records: Sequence[Record], card_of: Callable[[Record], Card], choose: str, parent: QWidget
    ) -> None:
        """Show the records.

        Args:
            choose: what the button says, "Link this quote".
        """
        super().__init__(parent)
        self._all = [(record, fold(card_of(record).spoken)) for record in records]
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(self.fontMetrics().averageCharWidth() * 100, self.fontMetrics().lineSpacing() * 30)
        self.typed = LineField()
        self.typed.textChanged.connect(self._narrow)
        self.typed.installEventFilter(self)
        self.model = RecordList(card_of, self)
        self.list = RecordView(title, self.model)
        self.list.doubleClicked.connect(lambda _: self._choose())
        self.found = wrapped_label("", "muted")
        self.choose = QPushButton(choose)
        self.choose.setDefault(True)
        self.choose.setProperty("role", "primary")
        self.choose.clicked.connect(self._choose)
        self._lay_out()
        self._narrow("")
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        cancel = QPushButton("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.found, 1)
        line.addWidget(cancel)
        line.addWidget(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.setSpacing(look.space(3))
        column.addWidget(Labelled("&Words in it", self.typed))
        column.addWidget(self.list, 1)
        column.addLayout(line)

    def _narrow(self, typed: str) -> None:
        wanted = fold(typed).split()
        found = [record for record, words in self._all if all(word in words for word in wanted)]
        self.model.show_records(found)
        self.choose.setEnabled(bool(found))
        self.found.setText(f"{len(found)} of {len(self._all)}")
        if found:
            self.list.setCurrentIndex(self.model.index(0))
        if typed:
            announce(self, self.found.text())

    def _choose(self) -> None:
        if (record := self.list.current_record()) is not None:
            self.accept()
            self.chosen.emit(record)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _WALKING:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)
