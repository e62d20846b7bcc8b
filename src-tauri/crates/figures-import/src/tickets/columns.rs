//! The columns of a table of tickets, by the words of help desks. Those of people (requester, assignee) are not among
//! them: they are never read.

use headroom_tabular::raw_table::RawTable;

use headroom_tabular::known_columns::{ColumnNames, KnownColumns};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TicketColumn {
    Id,
    Created,
    Solved,
    Status,
    Group,
    Score,
    Replies,
    Reopens,
    /// By the clock.
    ReplyMinutes,
    ReplyHours,
    ReplySeconds,
    /// Within business hours.
    ReplyBusinessMinutes,
    ResolutionMinutes,
    ResolutionHours,
    ResolutionSeconds,
    ResolutionBusinessMinutes,
}

use TicketColumn as T;

const TICKET: &[ColumnNames<T>] = &[
    (
        T::Id,
        &[
            "ticketid",
            "id",
            "ticketnumber",
            "ticket",
            "caseid",
            "casenumber",
            "conversationid",
            "issuekey",
            "requestid",
            "key",
            "number",
        ],
    ),
    (
        T::Created,
        &[
            "createdat",
            "created",
            "createdatutc",
            "createddate",
            "createdtime",
            "datecreated",
            "submittedat",
            "openedat",
            "ticketcreateddate",
            "ticketcreatedtimestamp",
            "conversationstartedat",
            "conversationstartedatutc",
            "conversationcreatedat",
            "startedat",
            "startedatutc",
            "opened",
        ],
    ),
    (
        T::Solved,
        &[
            "solvedat",
            "solved",
            "solvedatutc",
            "resolvedat",
            "resolvedtime",
            "resolveddate",
            "resolved",
            "resolutiondate",
            "completedat",
            "ticketsolveddate",
            "ticketsolvedtimestamp",
            "conversationlastclosedat",
            "conversationlastclosedatutc",
            "conversationclosedat",
            "lastclosedat",
            "lastclosedatutc",
            "closedat",
            "closedtime",
            "closeddate",
            "closed",
            "conversationfirstclosedat",
            "conversationfirstclosedatutc",
        ],
    ),
    (T::Status, &["status", "ticketstatus", "state", "conversationstate"]),
    (
        T::Group,
        &[
            "group",
            "groupname",
            "ticketgroup",
            "assignedgroup",
            "team",
            "queue",
            "teamassigned",
            "department",
        ],
    ),
    (
        T::Score,
        &[
            "satisfactionscore",
            "satisfaction",
            "satisfactionrating",
            "csat",
            "csatscore",
            "conversationrating",
            "ticketsatisfactionrating",
            "customersatisfaction",
            "surveyresults",
            "rating",
        ],
    ),
    (
        T::Replies,
        &[
            "replies",
            "agentreplies",
            "publicreplies",
            "numberofreplies",
            "replycount",
            "agentinteractions",
            "teammatereplies",
        ],
    ),
    (T::Reopens, &["reopens", "reopened", "numberofreopens", "reopencount", "timesreopened"]),
    (
        T::ReplyMinutes,
        &[
            "firstreplytimeinminutes",
            "firstreplytimeminutes",
            "firstreplytimemin",
            "firstresponsetimeminutes",
            "firstresponsetimeinminutes",
            "firstresponsetimemin",
        ],
    ),
    (
        T::ReplyHours,
        &[
            "firstreplytimeinhours",
            "firstreplytimehours",
            "firstreplytimeinhrs",
            "firstreplytimehrs",
            "firstresponsetimehours",
            "firstresponsetimeinhours",
            "firstresponsetimeinhrs",
            "firstresponsetimehrs",
        ],
    ),
    (
        T::ReplySeconds,
        &[
            "firstreplytimeseconds",
            "firstreplytimeinseconds",
            "firstresponsetimeseconds",
            "firstresponsetimeinseconds",
            "timetofirstresponseseconds",
        ],
    ),
    (
        T::ReplyBusinessMinutes,
        &[
            "firstreplytimeinminuteswithinbusinesshours",
            "firstreplytimeminuteswithinbusinesshours",
            "firstreplytimewithinbusinesshoursinminutes",
            "firstreplytimewithinbusinesshours",
        ],
    ),
    (
        T::ResolutionMinutes,
        &[
            "fullresolutiontimeinminutes",
            "fullresolutiontimeminutes",
            "fullresolutiontimemin",
            "resolutiontimeminutes",
            "resolutiontimeinminutes",
            "resolutiontimemin",
        ],
    ),
    (
        T::ResolutionHours,
        &[
            "fullresolutiontimeinhours",
            "fullresolutiontimehours",
            "fullresolutiontimehrs",
            "resolutiontimehours",
            "resolutiontimeinhours",
            "resolutiontimeinhrs",
            "resolutiontimehrs",
        ],
    ),
    (
        T::ResolutionSeconds,
        &[
            "resolutiontimeseconds",
            "resolutiontimeinseconds",
            "fullresolutiontimeseconds",
            "timetocloseseconds",
            "timetolastcloseseconds",
            "timetoresolutionseconds",
        ],
    ),
    (
        T::ResolutionBusinessMinutes,
        &[
            "fullresolutiontimeinminuteswithinbusinesshours",
            "fullresolutiontimeminuteswithinbusinesshours",
            "fullresolutiontimewithinbusinesshoursinminutes",
            "fullresolutiontimewithinbusinesshours",
        ],
    ),
];

/// The header of a table of tickets; none if it is not one. An ID and two dates may be of anything: something that
/// only tickets have must be among the columns.
pub(super) fn ticket_columns(table: &RawTable) -> Option<KnownColumns<TicketColumn>> {
    const ONLY_TICKETS: [T; 11] = [
        T::Score,
        T::Replies,
        T::Reopens,
        T::ReplyMinutes,
        T::ReplyHours,
        T::ReplySeconds,
        T::ReplyBusinessMinutes,
        T::ResolutionMinutes,
        T::ResolutionHours,
        T::ResolutionSeconds,
        T::ResolutionBusinessMinutes,
    ];
    KnownColumns::find(table, TICKET, |columns| {
        let is_called_so = names_tickets(columns.header(T::Id));
        let of_tickets = ONLY_TICKETS.into_iter().filter(|column| columns.has(*column)).count();
        of_tickets + usize::from(is_called_so) >= 2
            && [T::Id, T::Created, T::Solved].into_iter().all(|column| columns.has(column))
    })
}

/// Whether the header of an ID says that it is one of a ticket.
fn names_tickets(header: &str) -> bool {
    let header = header.to_lowercase();
    ["ticket", "case", "conversation", "issue", "request"].iter().any(|word| header.contains(word))
}
