//! The columns of a table of incidents, by the words of incident tools. Those of people (assignee, commander, reporter)
//! are not among them: they are never read.

use headroom_tabular::{
    known_columns::{ColumnNames, KnownColumns, text_of},
    raw_table::RawTable,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IncidentColumn {
    Id,
    Title,
    Service,
    Severity,
    Urgency,
    Type,
    Started,
    Detected,
    Declared,
    Acknowledged,
    Repaired,
    Resolved,
    SecondsToResolve,
    MinutesToResolve,
    HoursToResolve,
    SecondsToRepair,
    MinutesToRepair,
    MinutesDown,
    Cause,
    ReviewLink,
    Reviewed,
    Link,
}

use IncidentColumn as I;

const INCIDENT: &[ColumnNames<I>] = &[
    (
        I::Id,
        &[
            "incidentnumber",
            "incidentid",
            "incidentkey",
            "incidentreference",
            "incident",
            "id",
            "issuekey",
            "key",
            "reference",
            "number",
            "slug",
            "sequentialid",
            "publicid",
            "issueid",
        ],
    ),
    (
        I::Title,
        &[
            "title",
            "incidenttitle",
            "summary",
            "name",
            "incidentname",
            "shortdescription",
            "description",
            "subject",
        ],
    ),
    (
        I::Service,
        &[
            "servicename",
            "service",
            "services",
            "affectedservices",
            "affectedservice",
            "impactedservices",
            "impactedservice",
            "servicesaffected",
            "businessservice",
            "components",
            "component",
            "affectedcomponents",
            "impactedinfrastructure",
            "infrastructure",
            "functionalities",
            "configurationitem",
            "cmdbci",
            "system",
            "application",
        ],
    ),
    (
        I::Severity,
        &[
            "severity",
            "severityname",
            "sev",
            "priority",
            "priorityname",
            "severitylevel",
            "incidentseverity",
            "impactlevel",
        ],
    ),
    (I::Urgency, &["urgency"]),
    (I::Type, &["issuetype", "incidenttype", "type", "worktype"]),
    (
        I::Started,
        &[
            "startedat",
            "started",
            "impactstartedat",
            "impactstart",
            "customerimpactstart",
            "customerimpactstartedat",
            "startat",
            "startedatutc",
            "starttime",
            "startdate",
            "start",
            "incidentstart",
            "begin",
            "faultoccurs",
            "outagestart",
        ],
    ),
    (
        I::Detected,
        &[
            "detectedat",
            "detected",
            "detectedatutc",
            "timedetected",
            "identifiedat",
            "triggeredat",
            "createdat",
            "created",
            "createdon",
            "createdatutc",
            "openedat",
            "opened",
            "reportedat",
            "reported",
            "timestamp",
            "date",
        ],
    ),
    (I::Declared, &["declaredat", "declared", "activeat"]),
    (I::Acknowledged, &["acknowledgedat", "acknowledged", "firstacknowledgedat", "acceptedat"]),
    (
        I::Repaired,
        &[
            "mitigatedat",
            "mitigated",
            "repairedat",
            "repaired",
            "fixedat",
            "restoredat",
            "recoveredat",
            "stableat",
            "stabilizedat",
            "customerimpactend",
            "customerimpactendedat",
            "impactend",
            "impactendedat",
            "monitoringat",
        ],
    ),
    (
        I::Resolved,
        &[
            "resolvedat",
            "resolved",
            "resolvedon",
            "resolvedatutc",
            "resolutiondate",
            "closedat",
            "closed",
            "endedat",
            "ended",
            "endtime",
            "enddate",
            "end",
            "completedat",
            "solvedat",
            "outageend",
        ],
    ),
    (I::SecondsToResolve, &["secondstoresolve", "timetoresolveseconds", "resolutionseconds", "ttrseconds"]),
    (
        I::MinutesToResolve,
        &[
            "minutestoresolve",
            "timetoresolveminutes",
            "resolutionminutes",
            "durationminutes",
            "durationmin",
            "ttrminutes",
        ],
    ),
    (I::HoursToResolve, &["hourstoresolve", "timetoresolvehours", "durationhours"]),
    (I::SecondsToRepair, &["secondstorepair", "timetorepair", "timetomitigateseconds", "secondstomitigate"]),
    (
        I::MinutesToRepair,
        &["minutestorepair", "timetorepairminutes", "minutestomitigate", "timetomitigateminutes"],
    ),
    (
        I::MinutesDown,
        &["minutesdown", "downtimeminutes", "downtime", "minutesofdowntime", "customerimpactminutes"],
    ),
    (I::Cause, &["rootcause", "cause", "causedby", "rootcausecategory", "contributingfactors", "causetype"]),
    (
        I::ReviewLink,
        &[
            "postmortemurl",
            "postmortem",
            "postmortemlink",
            "retrospectiveurl",
            "retrospectivelink",
            "reviewurl",
            "reviewlink",
            "postmortemdocumenturl",
            "confluenceurl",
        ],
    ),
    (
        I::Reviewed,
        &[
            "retrospectivecompletedat",
            "reviewedat",
            "reviewedon",
            "reviewed",
            "postmortempublishedat",
            "postmortemcompletedat",
            "retrocompletedat",
        ],
    ),
    (I::Link, &["url", "incidenturl", "htmlurl", "permalink", "link", "weburl"]),
];

pub(super) type Columns = KnownColumns<IncidentColumn>;

/// The columns of a table, if it is one of incidents: it says when they began, and what only incidents have. `file` is
/// its name in lower case.
pub(super) fn incident_columns(table: &RawTable, file: &str) -> Option<Columns> {
    const OF_INCIDENTS: [&str; 4] = ["incident", "outage", "postmortem", "pagerduty"];
    let is_named = OF_INCIDENTS.iter().any(|word| file.contains(word));
    let columns = KnownColumns::find(table, INCIDENT, |found: &Columns| {
        let is_named_thing = found.has(I::Id) || found.has(I::Title);
        let has_begin = found.has(I::Detected) || found.has(I::Started);
        let has_end = found.has(I::Resolved) || found.has(I::Repaired);
        let says_incident = found.headers.iter().any(|header| header.to_lowercase().contains("incident"));
        let is_of_tool = found.has(I::Repaired) || found.has(I::Acknowledged) && found.has(I::Urgency);
        let is_told = is_named || says_incident || is_of_tool || has_incident_rows(table, found);
        is_named_thing && has_begin && (has_end || found.has(I::Severity)) && is_told
    })?;
    // Actions of incidents have a day by which they are due.
    let is_due =
        |header: &String| ["due", "due date", "due_date", "due by"].contains(&header.to_lowercase().as_str());
    (!columns.headers.iter().any(is_due) || is_named).then_some(columns)
}

/// Whether a column of types says that rows are incidents.
pub(super) fn has_incident_rows(table: &RawTable, columns: &Columns) -> bool {
    let is_incident = |row| is_incident_type(&text_of(row, columns.at(I::Type)));
    columns.has(I::Type) && table.rows.iter().skip(columns.row + 1).any(is_incident)
}

pub(super) fn is_incident_type(text: &str) -> bool {
    let text = text.to_lowercase();
    ["incident", "outage"].iter().any(|word| text.contains(word))
}
