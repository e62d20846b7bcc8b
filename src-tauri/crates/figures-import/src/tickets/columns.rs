//! The columns of a table of tickets, by the words of help desks. Those of people (requester, assignee) are not among
//! them: they are never read.

use headroom_tabular::raw_table::RawTable;

use crate::known_columns::{ColumnNames, KnownColumns};

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
    /// Within business hours.
    ReplyBusinessMinutes,
    ResolutionMinutes,
    ResolutionHours,
    ResolutionBusinessMinutes,
}

use TicketColumn as T;

const TICKET: &[ColumnNames<T>] = &[
    (
        T::Id,
        &["ticketid", "id", "ticketnumber", "ticket", "caseid", "casenumber", "conversationid", "number"],
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
            "closedat",
            "closedtime",
            "closeddate",
            "closed",
        ],
    ),
    (T::Status, &["status", "ticketstatus", "state"]),
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
            "surveyresults",
            "rating",
        ],
    ),
    (
        T::Replies,
        &["replies", "agentreplies", "publicreplies", "numberofreplies", "replycount", "agentinteractions"],
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
    const ONLY_TICKETS: [T; 9] = [
        T::Score,
        T::Replies,
        T::Reopens,
        T::ReplyMinutes,
        T::ReplyHours,
        T::ReplyBusinessMinutes,
        T::ResolutionMinutes,
        T::ResolutionHours,
        T::ResolutionBusinessMinutes,
    ];
    KnownColumns::find(table, TICKET, |columns| {
        let is_of_tickets = ONLY_TICKETS.into_iter().filter(|column| columns.has(*column)).count() >= 2;
        is_of_tickets && [T::Id, T::Created, T::Solved].into_iter().all(|column| columns.has(column))
    })
}
