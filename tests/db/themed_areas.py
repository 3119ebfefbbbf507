"""Areas for improvement of other authorities, published 2013 to 2025, with the themes that a reader finds in them.

The words are Ofsted’s, reused under the Open Government Licence v3.0. A theme stands where the words say it plainly;
items whose theme a reader would have to guess are left out.
"""

THEMED = (
    (
        "Council and corporate senior leaders should ensure that they fully and effectively discharge their "
        "role as corporate parents, and ensure that children’s social care is provided with the resources and"
        " support required in a timely way to expedite sustainable improvements.",
        "corporate_parenting",
    ),
    (
        "The sufficiency and stability of the workforce, including senior leaders and managers.",
        "workforce",
    ),
    (
        "The quality and timeliness of assessments of risk and need in all their forms, including the "
        "response to domestic violence.",
        "assessments domestic_abuse",
    ),
    (
        "The timely completion of statutory safeguarding checks and compliance with regulation regarding "
        "private fostering and connected carers.",
        "private_fostering connected_carers",
    ),
    (
        "The timeliness and quality of decisions in respect of section 47 enquiries.",
        "front_door",
    ),
    (
        "The currency and accuracy of children’s records.",
        "recording",
    ),
    (
        "The effectiveness of all multi-agency meetings and their influence in driving children’s plans.",
        "partnership plans",
    ),
    (
        "The timely escalation to public law outline (PLO) and timely progression of permanence in all its forms.",
        "pre_proceedings permanence",
    ),
    (
        "The offer of safe, appropriate and sustainable homes for care leavers and their preparation for leaving care.",
        "care_leavers accommodation",
    ),
    (
        "Clarity regarding the process of completing personal education plans (PEPs) so that they are "
        "consistently completed by all relevant professionals.",
        "education",
    ),
    (
        "The quality and effectiveness of supervision to staff at all levels by managers and leaders.",
        "management_oversight",
    ),
    (
        "Ensure the challenge provided by child protection chairs and independent reviewing officers "
        "addresses drift and improves planning for children (paragraphs 37, 84).",
        "management_oversight plans",
    ),
    (
        "Ensure that supervision is reflective, challenging and consistently focuses on continual "
        "professional development (paragraphs 33, 130).",
        "management_oversight",
    ),
    (
        "Ensure that where children do not meet the threshold for social work intervention their "
        "circumstances are considered promptly and they receive appropriate and timely early help (paragraph "
        "25).",
        "front_door early_help",
    ),
    (
        "Ensure that strategy meetings and decisions are informed by relevant partner agencies (paragraph 27).",
        "front_door partnership",
    ),
    (
        "Improve the quality of recording so that all key discussions and decisions about children and their "
        "families, including management oversight, are clearly recorded (paragraphs 21, 23, 25, 33, 50, 55, "
        "59, 86, 107).",
        "recording management_oversight",
    ),
    (
        "Strengthen frontline practice to ensure effective action is taken to support children at risk of "
        "child sexual exploitation and those who go missing (paragraphs 41, 42, 58, 175).",
        "exploitation missing",
    ),
    (
        "Ensure that decisions to step down or close cases are appropriate and that management rationale to "
        "do so is clearly recorded (paragraph 39).",
        "recording",
    ),
    (
        "Improve the timeliness of initial health assessments so that children who become looked after have "
        "their health needs assessed within the expected timescales (paragraph 67).",
        "health",
    ),
    (
        "Ensure audit arrangements have a sharper focus on looked after children (paragraph 140).",
        "quality_assurance",
    ),
    (
        "Ensure later-in-life letters provide details of all known information, are written in plain English "
        "and are accessible to children so that they understand their stories (paragraph 107).",
        "life_story",
    ),
    (
        "Complete work to develop the performance management framework so that service effectiveness can be "
        "evaluated rigorously across all agencies",
        "quality_assurance",
    ),
    (
        "Evaluate the impact of the neglect strategy and disseminate the findings to help agencies improve "
        "their practice.",
        "neglect",
    ),
    (
        "Review the arrangements for monitoring the quality of private fostering work.",
        "private_fostering",
    ),
    (
        "Work with other agencies to improve the quality of contacts and referrals and their attendance at "
        "strategy meetings (Enabler 1).",
        "front_door partnership",
    ),
    (
        "The number of children subject to repeat child protection planning, particularly those children "
        "experiencing neglect (Outcome 3).",
        "plans neglect",
    ),
    (
        "Consistency of service to vulnerable care leavers, in particular young people in custody and male "
        "parents (Outcome 4).",
        "care_leavers",
    ),
    (
        "When families need plans to help their parenting improve, these plans need to be robustly audited "
        "and quality assured so that it is clear what families have to do to improve.",
        "quality_assurance plans",
    ),
    (
        "When children and families need an assessment, the assessment needs to be very clear in identifying "
        "children’s needs. When making decisions about what level of help is required historical information "
        "about the family should be taken into account.",
        "assessments",
    ),
    (
        "Managers of social work teams need to apply a consistent understanding of thresholds for services, "
        "so that children and families get the right help at the right time and that their cases are not "
        "closed too early before circumstances have improved.",
        "front_door",
    ),
    (
        "When children and young people need written plans in place to help improve their lives, the plans "
        "must be of a good quality so that they effectively drive the provision of high quality services to "
        "children.",
        "plans",
    ),
    (
        "Children and young people who need social work visits should always receive their statutory "
        "entitlement to these visits and they should be seen alone so that their views are always recorded, "
        "enabling them to influence plans for their protection and care.",
        "visits childs_voice",
    ),
    (
        "Looked after children’s’ educational outcomes need to improve, and the virtual school needs to "
        "systematically track progress and take action that closes the gap in attainment as rapidly as "
        "possible.",
        "education",
    ),
    (
        "Improve the quality of audit and of performance reporting so that it drives an embedded culture of "
        "rigorous performance management which transforms the standards of social work practice.",
        "quality_assurance",
    ),
    (
        "Improve corporate parenting responsibilities across the partnership to ensure services to looked "
        "after children improve and support children to achieve their aspirations.",
        "corporate_parenting partnership",
    ),
    (
        "Maintain sustained efforts to recruit experienced staff and ensure that all staff receive regular "
        "supervision in line with the council’s supervision policy.",
        "workforce management_oversight",
    ),
    (
        "The quality of plans for children in need, including children in need of protection and disabled children.",
        "plans disabled_children",
    ),
    (
        "The quality of case recording, with particular regard to: the management of allegations, 16- and "
        "17-year-old homeless young people, private fostering arrangements and elective home education.",
        "recording homeless_16_17 private_fostering education",
    ),
    (
        "The quality of recording of management oversight and supervision.",
        "recording management_oversight",
    ),
    (
        "Health information for care leavers.",
        "health care_leavers",
    ),
    (
        "Monitoring of pre-proceedings to tackle drift and delay and the accessibility of letters before proceedings.",
        "pre_proceedings",
    ),
    (
        "consolidate the improvements made so far to ensure all looked after children and care leavers have a"
        " timely, completed health assessment which is specific to their individual health requirements and "
        "their needs are met",
        "health care_leavers",
    ),
    (
        "ensure all young people and care leavers have pathway plans which are of good quality and meet the "
        "requirements of national guidance",
        "care_leavers plans",
    ),
    (
        "review and implement care plans and specifically address the need for permanency for the high number"
        " of children with an adoption plan who have been waiting for a placement longer than six months",
        "plans permanence",
    ),
    (
        "agree and implement an effective early help strategy that includes clearly defined edge of care "
        "service provision which is closely matched to local needs and provides equitable access to services "
        "across the county",
        "early_help",
    ),
    (
        "ensure there is a sufficient number of social workers to meet the needs of looked after children so "
        "that they have time for the social work task as set out in national guidance",
        "workforce",
    ),
    (
        "accelerate and robustly implement existing plans to address the needs of young people and care "
        "leavers who are not in employment education and training and explore new options within the council "
        "to provide specific training and employment opportunities for looked after children",
        "care_leavers education",
    ),
    (
        "ensure children and young people know and understand the complaints and representation procedure, "
        "how to access independent advocacy and use the learning from these processes to inform service "
        "improvement.",
        "childs_voice",
    ),
    (
        "Quality of the written plans for all children.",
        "plans",
    ),
    (
        "Quality of analysis in some assessments of impact on children.",
        "assessments",
    ),
    (
        "Quality of the recording of management oversight in supervision records.",
        "recording management_oversight",
    ),
    (
        "Quality and sensitivity in the way that later life letters are written for adopted children.",
        "life_story",
    ),
    (
        "Ensure that thresholds of need are understood and applied at every stage of the child’s journey.",
        "front_door",
    ),
    (
        "Ensure that frontline management oversight of practice improves the quality of decisions and the "
        "provision of help to children.",
        "management_oversight",
    ),
    (
        "Improve the response to all children at risk of child sexual exploitation, making sure that all "
        "assessments, safety plans and interventions are of a consistently good quality.",
        "exploitation assessments plans",
    ),
    (
        "Increase the number of care leavers who are in education, employment and training.",
        "care_leavers education",
    ),
    (
        "Enable care leavers to have access to good physical and emotional health services and ensure that "
        "they are able to understand their health histories.",
        "care_leavers health",
    ),
    (
        "Ensure that pathway plans set realistic targets for care leavers to support their progress into a "
        "fulfilling life.",
        "care_leavers plans",
    ),
    (
        "Ensure that managers and social workers have clear guidance and legal advice when placing children "
        "in arrangements with friends and family, to ensure that their needs are fully understood and met.",
        "connected_carers",
    ),
    (
        "Ensure that managers and social workers correctly apply private fostering regulations so that "
        "children who meet the criteria have thorough assessments of their needs and that these include all "
        "required safeguarding checks.",
        "private_fostering assessments",
    ),
    (
        "Improve the delivery of life story work for children looked after.",
        "life_story",
    ),
    (
        "Improve the functioning of both the scrutiny committee and corporate parenting board to ensure that "
        "their work has a positive impact on improving services for children and the outcomes that they "
        "achieve.",
        "corporate_parenting",
    ),
    (
        "Ensure that frontline managers are supported to use performance information so that they can manage "
        "and support good frontline practice effectively.",
        "quality_assurance",
    ),
    (
        "The board should ensure that it undertakes a review of partnership understanding and operation of "
        "thresholds for services and reviews the multi-agency threshold for services document as soon as "
        "possible.",
        "front_door partnership",
    ),
    (
        "The board should ensure that a neglect strategy, agreed by partners, is in place quickly and that "
        "the board has an overview of the impact of practice in relation to young people at risk of child "
        "sexual exploitation and the minimisation of that risk.",
        "neglect exploitation",
    ),
    (
        "The application of thresholds, so that children receiving early help support can access statutory "
        "services when they need help and protection.",
        "front_door early_help",
    ),
    (
        "Management oversight and support for children living in private fostering arrangements.",
        "management_oversight private_fostering",
    ),
    (
        "Consistency in the quality of supervision records and analysis in the recording of frontline "
        "management oversight.",
        "management_oversight recording",
    ),
    (
        "Management oversight of children living in unregistered children’s homes.",
        "management_oversight sufficiency",
    ),
    (
        "Continue to strengthen the contributions of relevant agencies to strategy meetings, including "
        "complex strategy meetings for vulnerable adolescents.",
        "front_door partnership",
    ),
    (
        "Ensure that early permanence arrangements and strategic oversight are robust, so that children who "
        "cannot return home benefit from continuity, security and belonging through effective permanence "
        "planning.",
        "permanence",
    ),
    (
        "Ensure that the systems and processes for family finding and matching of children who require "
        "permanence and adoption are timely and effective in identifying families who can meet children and "
        "young people’s needs.",
        "permanence",
    ),
    (
        "Ensure that the joint working arrangements between the local authority and the health provider are "
        "effective so that the health and well-being of children in care are promoted and that all children "
        "receive timely initial health assessments and dental checks.",
        "health partnership",
    ),
    (
        "Increase the take up of independent advocacy services for children on child protection plans and "
        "ensure that children’s views are always heard and considered at child protection conferences.",
        "childs_voice",
    ),
    (
        "Improve the timeliness of transitions for children into the care leavers’ service to ensure that all"
        " children receive the help and support that they need.",
        "care_leavers",
    ),
    (
        "The timeliness and quality of strategy discussions and child protection investigations.",
        "front_door",
    ),
    (
        "The consistent quality and effectiveness of assessments and plans for children in need and children "
        "in need of protection.",
        "assessments plans",
    ),
    (
        "The response to children aged 16 to 17 who present as homeless.",
        "homeless_16_17",
    ),
    (
        "The timeliness of initial health assessments and access to child and adolescent mental health "
        "services (CAMHS) for specialist assessments and therapeutic support when children are in care.",
        "health",
    ),
    (
        "The completion of return home interviews and their impact on planning for children when they go missing.",
        "missing",
    ),
    (
        "Sufficiency of placement choice when children come into care.",
        "sufficiency",
    ),
    (
        "The quality of advice and support provided to care leavers aged 21 and over and unaccompanied "
        "asylum-seeking young people as they transition their leave to remain.",
        "care_leavers",
    ),
)

WALSALL_2017 = (
    "Ensure that thresholds of need are understood and applied at every stage of the child’s journey.",
    (
        "Ensure that frontline management oversight of practice improves the quality of decisions and the "
        "provision of help to children."
    ),
    (
        "Improve the response to all children at risk of child sexual exploitation, making sure that all "
        "assessments, safety plans and interventions are of a consistently good quality."
    ),
    "Increase the number of care leavers who are in education, employment and training.",
    (
        "Enable care leavers to have access to good physical and emotional health services and ensure that "
        "they are able to understand their health histories."
    ),
    (
        "Ensure that pathway plans set realistic targets for care leavers to support their progress into a "
        "fulfilling life."
    ),
    (
        "Ensure that managers and social workers have clear guidance and legal advice when placing children "
        "in arrangements with friends and family, to ensure that their needs are fully understood and met."
    ),
    (
        "Ensure that managers and social workers correctly apply private fostering regulations so that "
        "children who meet the criteria have thorough assessments of their needs and that these include all "
        "required safeguarding checks."
    ),
    (
        "Take steps to ensure that care plans for all children who have a plan for permanence progress within"
        " the child’s timescale to avoid children experiencing delays, including the identification and "
        "support of children who could be placed in foster to adopt arrangements."
    ),
    "Improve the delivery of life story work for children looked after.",
    (
        "Improve the functioning of both the scrutiny committee and corporate parenting board to ensure that "
        "their work has a positive impact on improving services for children and the outcomes that they "
        "achieve."
    ),
    (
        "Ensure that frontline managers are supported to use performance information so that they can manage "
        "and support good frontline practice effectively."
    ),
    (
        "The board should ensure that it undertakes a review of partnership understanding and operation of "
        "thresholds for services and reviews the multi-agency threshold for services document as soon as "
        "possible."
    ),
    (
        "The board should ensure that it produces an annual report which analyses progress in safeguarding "
        "children and young people in Walsall effectively."
    ),
    (
        "Proposed developments in the evaluation of training should be put into practice as soon as possible,"
        " and learning from feedback should be used to measure impact in improving practice and in informing "
        "the commissioning process for further training."
    ),
    (
        "The board should ensure that a neglect strategy, agreed by partners, is in place quickly and that "
        "the board has an overview of the impact of practice in relation to young people at risk of child "
        "sexual exploitation and the minimisation of that risk."
    ),
)
WALSALL_2021 = (
    (
        "The application of thresholds, so that children receiving early help support can access statutory "
        "services when they need help and protection."
    ),
    "Management oversight and support for children living in private fostering arrangements.",
    (
        "Consistency in the quality of supervision records and analysis in the recording of frontline "
        "management oversight."
    ),
    "Management oversight of children living in unregistered children’s homes.",
)
# Which of 2021 repeats which of 2017, by number from 0, read side by side.
WALSALL_REPEATS = {(0, 0), (12, 0), (7, 1), (1, 2)}
