"""Records with real words, for the tests of the file."""

from db.catalogue import fact_id
from db.dates import PartialDate
from db.records import AreaForImprovement, Document, Inspection, Judgement, Provider, Quote, RecordType, new_id

STANDARD = fact_id(RecordType.INSPECTION_KIND, "ILACS_2018", "ilacs_standard")
LEADERS = fact_id(RecordType.JUDGEMENT_AREA, "ILACS_2018", "ilacs_leaders")
OUTSTANDING = fact_id(RecordType.GRADE, "ofsted4_ri", "outstanding")
FINDING = fact_id(RecordType.FINDING_KIND, "area_for_improvement")

DURHAM = Provider(id=new_id(), name="Durham County Council", urn="80465")
DURHAM_2022 = Inspection(
    id=new_id(),
    provider_id=DURHAM.id,
    kind_id=STANDARD,
    started_on=PartialDate(2022, 5, 9),
    ended_on=PartialDate(2022, 5, 20),
    lead_inspector="Louise Hollick",
)
REPORT = Document(
    id=new_id(),
    provider_id=DURHAM.id,
    title="Inspection of Durham local authority children’s services",
    inspection_ids=(DURHAM_2022.id,),
)
LEADERS_ARE_OUTSTANDING = Judgement(
    id=new_id(), inspection_id=DURHAM_2022.id, area_id=LEADERS, grade_id=OUTSTANDING, grade_as_printed="Outstanding"
)
PARTNERSHIP = Quote(
    id=new_id(),
    inspection_id=DURHAM_2022.id,
    document_id=REPORT.id,
    position=1,
    text="proactive culture of working in partnership with families",
    page=2,
    paragraph=1,
)
MISSING_CHILDREN = AreaForImprovement(
    id=new_id(),
    inspection_id=DURHAM_2022.id,
    document_id=REPORT.id,
    position=1,
    text="The response to children who go missing from home or care.",
    finding_kind_id=FINDING,
)
FAMILY = (DURHAM, DURHAM_2022, REPORT, LEADERS_ARE_OUTSTANDING, PARTNERSHIP, MISSING_CHILDREN)
