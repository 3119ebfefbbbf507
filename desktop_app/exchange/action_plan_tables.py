"""What the columns of an action plan are called, and what stands in them; shared by its forms on paper."""

from dataclasses import dataclass

from db.action_plan import ActionPlan, Line
from db.dates import MONTHS


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column on paper; `share` is its width as a part of 100."""

    heading: str
    share: int


COLUMNS = (
    PlanColumn("No.", 4),
    PlanColumn("What must get better, and what is done", 24),
    PlanColumn("Success measure", 11),
    PlanColumn("Owner", 9),
    PlanColumn("Due", 8),
    PlanColumn("Status", 8),
    PlanColumn("RAG, and why", 10),
    PlanColumn("Progress and impact", 10),
    PlanColumn("Evidence", 8),
    PlanColumn("Reported to", 8),
)


def cells(line: Line) -> tuple[str, ...]:
    """One line of the plan on paper, a text for each of `COLUMNS`."""
    place = f" ({line.place})" if line.place else ""
    return (
        line.number,
        line.words + place,
        line.success_measure,
        line.owner,
        str(line.due_on) if line.due_on else "",
        line.status,
        ": ".join(filter(None, (line.rag, line.rag_reason))),
        "\n".join(filter(None, (line.progress, f"Impact: {line.impact}" if line.impact else ""))),
        line.evidence,
        line.reported_to,
    )


def groups(plan: ActionPlan) -> list[tuple[str, list[Line]]]:
    """The lines under the inspection that each belongs to, with its provider where the plan has several."""
    is_one = len({line.provider for line in plan.lines if not line.is_action}) <= 1
    found: list[tuple[str, list[Line]]] = []
    for line in plan.lines:
        heading = line.inspection if is_one else f"{line.provider}: {line.inspection}"
        if not line.is_action and (not found or found[-1][0] != heading):
            found.append((heading, []))
        found[-1][1].append(line)
    return found


def subtitle(plan: ActionPlan) -> str:
    """The line under the title: the day, and how complete the plan is."""
    day = f"{plan.as_at.day} {MONTHS[plan.as_at.month - 1]} {plan.as_at.year}"
    return f"As at {day}. {plan.complete}"
