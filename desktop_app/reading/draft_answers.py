"""A draft in the words of the public answers: one table for each kind of word, by the file's own codes."""

from typing import Any

from db.records import SPECIAL_VALUES
from desktop_app.reading.draft_values import Draft, DraftArea, DraftJudgement, Found

FRAMEWORKS = {
    "ILACS_2018": "ILACS",
    "ILACS_2023": "ILACS",
    "ILACS_2026": "ILACS",
    "SIF_2013": "SIF",
    "LAC_2013": "SLAC",
    "SLAC_2009": "SLAC",
    "JTAI_2016": "JTAI",
    "JTAI_2021": "JTAI",
    "CP_2012": "CP",
    "CRA_2009": "CRA",
    "TLAI_2016": "TLAI",
}
FRAMEWORKS_BY_KIND = {"sif_lscb_only": "LSCB"}
KINDS = {
    "ilacs_standard": "standard",
    "ilacs_short": "short",
    "ilacs_focused_visit": "focused_visit",
    "ilacs_monitoring_visit": "monitoring_visit",
    "sif_monitoring_visit": "monitoring_visit",
    "sif_full": "single_inspection",
    "sif_reinspection": "reinspection",
    "sif_lscb_only": "lscb_review",
    "lac2013_full": "looked_after_children_inspection",
}
AREAS = {
    "ilacs_leaders": "leaders",
    "ilacs_help_protection": "help_and_protection",
    "ilacs_care_and_leavers": "in_care_and_care_leavers",
    "ilacs_in_care": "in_care",
    "ilacs_care_leavers": "care_leavers",
    "ilacs_overall": "overall_effectiveness",
    "sif_overall": "overall_effectiveness",
    "sif_help_protection": "help_and_protection",
    "sif_looked_after": "looked_after_and_permanence",
    "sif_adoption": "adoption",
    "sif_care_leavers": "care_leavers",
    "sif_leadership": "leaders",
    "sif_lscb": "lscb",
    "lac13_overall": "overall_effectiveness",
    "lac13_capacity": "capacity_to_improve",
    "lac13_outcomes": "outcomes",
    "lac13_quality": "quality_of_provision",
    "lac13_leadership": "leaders",
}


def facts_of(found: Draft) -> dict[str, Any]:
    """A draft in the words of the public answers."""
    kind = found.kind.value
    return {
        "framework": FRAMEWORKS_BY_KIND.get(kind or "") or _in_words(FRAMEWORKS, found.framework.value),
        "kind": _in_words(KINDS, kind),
        "title_as_printed": found.title.value,
        "authority": found.provider.value,
        "inspection_dates_as_printed": found.periods.as_printed or None,
        "date_ranges": [[_iso(period.started_on), _iso(period.ended_on)] for period in found.periods.value or ()],
        "inspection_start": _iso(found.started_on),
        "inspection_end": _iso(found.ended_on),
        "published": _iso(found.published_on.value),
        "lead_inspector": found.lead_inspector.value,
        "judgements": [_judgement(judgement) for judgement in found.judgements],
        **_lists(found),
        "n_numbered_paragraphs": found.numbered_paragraphs,
        "last_paragraph_number": found.last_paragraph_number,
        "doubts": _doubts(found),
    }


def _in_words(table: dict[str, str], code: str | None) -> str | None:
    return table.get(code, code) if code else None


def _iso(day: Any) -> str | None:
    return day.iso if day else None


def _judgement(judgement: DraftJudgement) -> dict[str, Any]:
    code = judgement.grade.value
    return {
        "key": AREAS.get(judgement.area_code, judgement.area_code),
        "label_as_printed": judgement.label_as_printed,
        "grade_as_printed": judgement.grade.as_printed or None,
        "normalised_grade": None if code in SPECIAL_VALUES else code,
    }


def _lists(found: Draft) -> dict[str, Any]:
    own = [area for area in found.areas if area.audience != "lscb"]
    return {
        "improvement_items": [area.text.value for area in own],
        "improvement_item_groups": [area.group_label for area in own],
        "improvement_item_pages": [area.page for area in own],
        "improvement_item_kinds": [area.finding_kind for area in own],
        "lscb_improvement_items": [area.text.value for area in found.areas if area.audience == "lscb"],
    }


def _doubts(found: Draft) -> list[dict[str, Any]]:
    """Every doubt with the field that it is about and the page that it points to."""
    named: list[tuple[str, Found[Any]]] = [
        ("title", found.title),
        ("framework", found.framework),
        ("kind", found.kind),
        ("authority", found.provider),
        ("dates", found.periods),
        ("published", found.published_on),
        ("lead_inspector", found.lead_inspector),
        *(("judgements", judgement.grade) for judgement in found.judgements),
        *(("judgements", doubt) for doubt in found.doubts),
        *(("improvement_items", _text_of(area)) for area in found.areas),
    ]
    return [
        {"field": name, "doubt": doubt, "page": value.sources[0].page if value.sources else None}
        for name, value in named
        for doubt in value.doubts
    ]


def _text_of(area: DraftArea) -> Found[str]:
    return area.text
