"""The question after the machine died: what was typed and not saved is shown, to be put back or thrown away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app import ask, look
from desktop_app.views.announce import announce
from desktop_app.views.naming import name_bars
from desktop_app.views.plain_text import wrapped_label

HOW = "Put back returns it to where it was typed, still unsaved. Closing this question puts it back as well."


class DraftsDialog(QDialog):
    """A sentence, all the text, and two ways on; Escape takes the one that loses nothing.

    Signals:
        put_back_wanted: Emitted when the typing shall go back into its fields.
        throw_away_wanted: Emitted when a person wants it no more, and said so twice.
    """

    put_back_wanted = Signal()
    throw_away_wanted = Signal()

    def __init__(self, sentence: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("What was typed and not saved")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(sentence)
        self.resize(self.fontMetrics().averageCharWidth() * 92, self.fontMetrics().lineSpacing() * 26)
        self.words = wrapped_label(sentence, "subheading")
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.text.setAccessibleName("What was typed")
        name_bars(self.text, "text")
        self.put_back_button = QPushButton("&Put back")
        self.put_back_button.setProperty("role", "primary")
        self.put_back_button.setDefault(True)
        self.put_back_button.clicked.connect(self.reject)
        self.throw_away_button = QPushButton("&Throw away")
        self.throw_away_button.setAutoDefault(False)
        self.throw_away_button.clicked.connect(self._on_throw_away)
        self._lay_out()
        self.put_back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, sentence)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.throw_away_button)
        line.addWidget(self.put_back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(4), look.space(4), look.space(3))
        column.setSpacing(look.space(3))
        column.addWidget(self.words)
        column.addWidget(wrapped_label(HOW, "muted"))
        column.addWidget(self.text, 1)
        column.addLayout(line)

    def reject(self) -> None:
        super().reject()
        self.put_back_wanted.emit()

    def _on_throw_away(self) -> None:
        if ask.whether(self, "Throw away what was typed?", "It cannot be brought back after that.", "Throw away"):
            self.accept()
            self.throw_away_wanted.emit()
