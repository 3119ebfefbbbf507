"""Going through the rows of a draft: accept, correct, leave open, leave out, add; the line of each is lit."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from db.lists import Lists
from db.records import AUDIENCES
from db.store import Store
from desktop_app.places import draft_words
from desktop_app.places.draft_areas import FIELDS, AreaValue
from desktop_app.places.draft_fields import Asks, Field
from desktop_app.places.draft_frame import DraftFrame, connect
from desktop_app.places.draft_reading import ReadReport
from desktop_app.places.draft_report import DraftReport
from desktop_app.places.draft_states import Confirming, State
from desktop_app.reading import pasted
from desktop_app.reading.draft_values import Certainty
from desktop_app.views.announce import announce
from desktop_app.views.draft_area_editor import Choices
from desktop_app.views.draft_rows import Manner, Row


class DraftCorrecting(DraftFrame):
    """The rows and the field below them; `DraftDialog` keeps and writes what comes of them.

    Attributes:
        edited: the key of the row that is being corrected; None where none is.
        kept_words: what is to be said of an earlier beginning.

    Signals:
        changed: Emitted whenever a person made something else of a row.
    """

    changed = Signal()

    def __init__(self, store: Store, lists: Lists, read: ReadReport, parent: QWidget | None = None) -> None:
        super().__init__(DraftReport(read), parent)
        self.confirming = Confirming(store, lists, read.draft)
        self.edited: str | None = None
        self.kept_words = ""
        self.rows.accepted.connect(self._on_accepted)
        self.rows.typed.connect(self.edit)
        self.rows.left_open.connect(self._on_left_open)
        self.rows.left_out.connect(self._on_left_out)
        self.rows.more_wanted.connect(self.add_area)
        self.rows.moved.connect(self._on_moved)
        self.editor.entered.connect(self._on_entered)
        self.editor.given_up.connect(self._on_given_up)
        self.report.view_chosen.connect(lambda _: self.report.light(self.current.sources))
        connect(self.certain_button, self._on_certain)
        connect(self.more_button, self.add_area)
        connect(self.replace_button, self._on_replace)

    @property
    def current(self) -> Field:
        """The row that the person is at."""
        return self.confirming.fields[max(self.rows.place, 0)]

    def _on_accepted(self) -> None:
        self.confirming.accept(self.current)
        self._on_done()

    def _on_left_open(self) -> None:
        self.confirming.leave_open(self.current)
        self._on_done()

    def _on_left_out(self) -> None:
        self.confirming.leave_out(self.current)
        self._on_done()

    def _on_done(self) -> None:
        self.changed.emit()
        self.go_on()

    def edit(self, letter: str) -> None:
        """Open the field in which the current row is corrected; a letter begins it anew."""
        field = self.current
        if self.confirming.is_note(field):
            return
        value = self.confirming.value(field)
        if field.asks is Asks.CHOICE:
            self.editor.offer(field.name, field.choices, value, letter=letter)
        elif field.asks is Asks.AREA:
            self._edit_area(field, value or self.confirming.blank_area(field), letter)
        else:
            self.editor.ask(field.name, field.in_words(value), letter=letter)
        self.edited = field.key

    def _edit_area(self, field: Field, value: AreaValue, letter: str) -> None:
        lists = self.confirming.lists
        kinds = [(one.id, one.label) for one in lists.finding_kinds.values() if one.weight > 0]
        timescales = [(None, "Not set"), *((one.id, one.label) for one in lists.timescales.values())]
        choices: Choices = {"finding_kind_id": kinds, "timescale_id": timescales, "audience": [*AUDIENCES.items()]}
        values = {name: getattr(value, name) for name in FIELDS}
        self.editor.ask_area(field.name, values, choices, letter=letter)
        self.detail.setVisible(bool(field.doubts))  # the rest of it stands in the fields

    def add_area(self) -> None:
        """Add a row for an area for improvement that was not read; words that are marked in the report begin it."""
        passage = self.report.passage  # going to another row takes the mark away
        if not self.settle():
            return
        field = self.confirming.add_area(self.current)
        self.show_all()
        self.rows.go_to(self.confirming.place_of(field.key))
        self.edit("")
        if passage:
            marked = {"text": passage.text, "page": passage.page, "paragraph": passage.paragraph}
            self.editor.put_typed({name: str(value) for name, value in marked.items() if value})

    def settle(self) -> bool:
        """Take a correction that is begun; False, with the reason shown, where it cannot be taken."""
        if self.edited is None:
            return True
        if self.editor.is_changed:
            return self._take()
        self._drop_blank()
        return True

    def _take(self) -> bool:
        assert self.edited is not None
        field = self.confirming.fields[self.confirming.place_of(self.edited)]
        try:
            value = self._meant(field)
        except ValueError as error:
            self.editor.refuse(str(error))
            return False
        if isinstance(value, AreaValue) and field.key in self.confirming.added:
            self._add_list(field, value)
        else:
            self.confirming.correct(field, value)
        self.close_editor()
        self.changed.emit()
        return True

    def _meant(self, field: Field) -> Any:
        value = self.editor.value()
        if field.asks is Asks.CHOICE:
            return value or None
        if field.asks is Asks.AREA:
            area = AreaValue(**{name: value[name] for name in FIELDS})
            return replace(area, text=area.text.strip()) if area.text.strip() else None
        return field.read(value)

    def _add_list(self, field: Field, value: AreaValue) -> None:
        """A pasted list becomes a row for each of its items."""
        items = pasted.items(value.text) or [value.text]
        heading = pasted.heading(items)
        value = replace(value, group_label=value.group_label or heading)
        for item in items[1:] if heading else items:
            self.confirming.correct(field, replace(value, text=item))
            last, field = field, self.confirming.add_area(field)
        self.confirming.leave_open(field)  # the one too many
        self.edited = last.key

    def _drop_blank(self) -> None:
        if self.edited in self.confirming.added and self.confirming.has(self.edited):
            self.confirming.leave_open(self.confirming.fields[self.confirming.place_of(self.edited)])
        self.close_editor()

    def _on_entered(self) -> None:
        at = self.edited
        if self._take():
            place = self.confirming.place_of(at) if at and self.confirming.has(at) else self.rows.place
            self.go_on(after=place)

    def _on_given_up(self) -> None:
        self._drop_blank()  # the row itself stands as before: open, where nothing was confirmed
        self.changed.emit()
        self.show_all()

    def close_editor(self) -> None:
        """Show no field below the rows; the focus goes back to them."""
        self.edited = None
        self.detail.show()
        if self.editor.isVisible():
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            self.editor.close_up()

    def _on_moved(self, place: int) -> None:
        if place < 0:
            return
        wanted = self.confirming.fields[place].key
        if self.edited not in (None, wanted):
            edited = self.edited
            if not self.settle():
                self._stand_at(edited or "")
                return
            self.show_all()
            self._stand_at(wanted)
        self.tell(self.current)
        announce(self.rows, draft_words.sentence(self.confirming, self.current))

    def _stand_at(self, key: str) -> None:
        """Make a row the current one without telling that it moved."""
        self.rows.blockSignals(True)
        self.rows.go_to(self.confirming.place_of(key))
        self.rows.blockSignals(False)

    def _on_certain(self) -> None:
        if self.settle():
            count = self.confirming.accept_certain()
            self.changed.emit()
            announce(self, f"{count} {'row' if count == 1 else 'rows'} accepted.")
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            self.go_on(after=-1)

    def _on_replace(self) -> None:
        if self.settle():
            self.confirming.replace_in_file(self.current)
            self.changed.emit()
            self.show_all()
            announce(self.rows, draft_words.sentence(self.confirming, self.current))
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self, after: int | None = None) -> None:
        """Go to the next open row; behind the last one the button that adds waits for Enter."""
        self.error.hide()
        after = self.rows.place if after is None else after
        self.show_all()
        place = self.confirming.next_open(after)
        if place is None:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.rows.go_to(place)

    def show_all(self) -> None:
        """Show every row as it stands now."""
        self.rows.show_rows([self._row(field) for field in self.confirming.fields])
        self.tell(self.current)

    def _row(self, field: Field) -> Row:
        rows = self.confirming
        state = rows.state(field)
        is_doubtful = field.certainty is Certainty.DOUBTFUL or rows.is_note(field)
        stays = rows.differs(field) and field.key not in rows.replaced
        done = Manner.DIFFERS if stays else Manner.DONE
        manner = {State.OPEN: Manner.DOUBTFUL if is_doubtful else Manner.OPEN, State.LEFT_OUT: Manner.LEFT_OUT}
        return Row(draft_words.cells(rows, field), draft_words.sentence(rows, field), manner.get(state, done))

    def tell(self, field: Field) -> None:
        """Say all that is known of a row, and light where it stands."""
        self.detail.setPlainText(draft_words.details(self.confirming, field))
        self.report.light(field.sources)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong."""
        self.error.setText(sentence)
        self.error.show()
        announce(self, sentence, is_urgent=True)
