//! Kinds of gap that people close.

use headroom_model::{Kind, reason};

use crate::gap::GapKind;

/// A kind of gap that people close.
#[derive(Debug)]
pub struct GapKindSpec {
    pub kind: GapKind,
    /// IDs of rules other than its own ([`GapKind::rule`]) whose findings the same people close.
    pub others: &'static [&'static str],
    /// Kind of the subject: service or team.
    pub of: Kind,
    /// Reason of positions planned for it; see [`headroom_model::Position::reason`].
    pub reason: &'static str,
}

/// Gaps of all other kinds take an owner or a decision, not a hire.
pub const GAP_KINDS: &[GapKindSpec] = &[
    GapKindSpec {
        kind: GapKind::Nobody,
        others: &["leaver-leaves-nobody"],
        of: Kind::Service,
        reason: reason::OWNERSHIP_GAP,
    },
    GapKindSpec {
        kind: GapKind::OnePerson,
        others: &["leaver-leaves-one", "fragile-articulation"],
        of: Kind::Service,
        reason: reason::OWNERSHIP_GAP,
    },
    GapKindSpec { kind: GapKind::TeamEmpty, others: &[], of: Kind::Team, reason: reason::OWNERSHIP_GAP },
    GapKindSpec { kind: GapKind::TeamOnePerson, others: &[], of: Kind::Team, reason: reason::OWNERSHIP_GAP },
    GapKindSpec { kind: GapKind::OnCall, others: &[], of: Kind::Team, reason: reason::ON_CALL },
    GapKindSpec { kind: GapKind::OverLoad, others: &[], of: Kind::Team, reason: reason::GROWTH },
    GapKindSpec { kind: GapKind::TooSmall, others: &[], of: Kind::Team, reason: reason::GROWTH },
];

/// Specification of a kind; none if people do not close it.
pub fn gap_kind_spec(kind: GapKind) -> Option<&'static GapKindSpec> {
    GAP_KINDS.iter().find(|need| need.kind == kind)
}

/// Kind of gap that a rule finds; none if people do not close it.
pub fn gap_kind_of_rule(id: &str) -> Option<&'static GapKindSpec> {
    let says = |need: &&GapKindSpec| need.kind.rule() == id || need.others.contains(&id);
    GAP_KINDS.iter().find(says)
}
