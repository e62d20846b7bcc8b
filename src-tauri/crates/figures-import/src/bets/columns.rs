//! The columns of a table of bets.

use headroom_tabular::{
    known_columns::{ColumnNames, KnownColumns},
    raw_table::RawTable,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BetColumn {
    Id,
    Title,
    Hypothesis,
    Team,
    Segment,
    Channel,
    Market,
    Metric,
    Comparison,
    Value,
    From,
    DecideBy,
    Decided,
    Decision,
    Reason,
    Outcome,
}

use BetColumn as B;

const BET: &[ColumnNames<B>] = &[
    (B::Id, &["id", "betid", "key", "bet", "number", "experimentid"]),
    (B::Title, &["title", "name", "bet", "betname", "experiment", "initiative"]),
    (B::Hypothesis, &["hypothesis", "description", "webelieve", "why"]),
    (B::Team, &["team", "squad", "teamname", "group"]),
    (B::Segment, &["segment", "customersegment"]),
    (B::Channel, &["channel"]),
    (B::Market, &["market", "country", "region"]),
    (B::Metric, &["metric", "kpi", "measure", "successmetric", "keymetric", "criterion"]),
    (B::Comparison, &["op", "operator", "comparison", "comparator"]),
    (B::Value, &["value", "target", "threshold", "targetvalue", "bar"]),
    (B::From, &["from", "start", "started", "startdate", "startson", "begin", "begins"]),
    (
        B::DecideBy,
        &[
            "decideby",
            "decisionby",
            "decisiondate",
            "decisionday",
            "deadline",
            "due",
            "duedate",
            "killdate",
            "killatdate",
            "reviewby",
            "decisiondue",
        ],
    ),
    (B::Decided, &["decided", "decidedon", "decidedat", "datedecided", "decisionmade"]),
    (B::Decision, &["decision", "verdict", "call"]),
    (B::Reason, &["reason", "rationale", "decisionreason", "notes"]),
    (B::Outcome, &["outcome", "result", "learning", "learnings"]),
];

/// The header of a table of bets; none if it is not one.
pub(super) fn bet_columns(table: &RawTable) -> Option<KnownColumns<BetColumn>> {
    KnownColumns::find(table, BET, |columns| {
        [B::Title, B::Metric, B::DecideBy].into_iter().all(|column| columns.has(column))
    })
}
