//! Kinds of gap that people close, each with the rule that finds it on a date.

use headroom_model::{Kind, reason};

use crate::forecast::GapKind;

/// A kind of gap that people close.
#[derive(Debug)]
pub struct GapKindSpec {
    pub kind: GapKind,
    /// ID of the rule that finds it on a date.
    pub rule: &'static str,
    /// IDs of other rules whose findings the same people close.
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
        rule: "owner-team-empty",
        others: &["leaver-leaves-nobody"],
        of: Kind::Service,
        reason: reason::OWNERSHIP_GAP,
    },
    GapKindSpec {
        kind: GapKind::OnePerson,
        rule: "bus-factor-one",
        others: &["leaver-leaves-one", "fragile-articulation"],
        of: Kind::Service,
        reason: reason::OWNERSHIP_GAP,
    },
    GapKindSpec {
        kind: GapKind::TeamEmpty,
        rule: "empty-team-owns",
        others: &[],
        of: Kind::Team,
        reason: reason::OWNERSHIP_GAP,
    },
    // A team of one is a service of one person, seen from the team.
    GapKindSpec {
        kind: GapKind::TeamOnePerson,
        rule: "bus-factor-one",
        others: &[],
        of: Kind::Team,
        reason: reason::OWNERSHIP_GAP,
    },
    GapKindSpec {
        kind: GapKind::OnCall,
        rule: "on-call-understaffed",
        others: &[],
        of: Kind::Team,
        reason: reason::ON_CALL,
    },
    GapKindSpec {
        kind: GapKind::OverLoad,
        rule: "team-over-load",
        others: &[],
        of: Kind::Team,
        reason: reason::GROWTH,
    },
    GapKindSpec {
        kind: GapKind::TooSmall,
        rule: "team-too-small",
        others: &[],
        of: Kind::Team,
        reason: reason::GROWTH,
    },
];

/// Specification of a kind; none if people do not close it.
pub fn gap_kind_spec(kind: GapKind) -> Option<&'static GapKindSpec> {
    GAP_KINDS.iter().find(|need| need.kind == kind)
}

/// Kind of gap that a rule finds; none if people do not close it.
pub fn gap_kind_of_rule(id: &str) -> Option<&'static GapKindSpec> {
    let says = |need: &&GapKindSpec| need.rule == id || need.others.contains(&id);
    GAP_KINDS.iter().find(says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn every_gap_kind_names_existing_rules() {
        for need in GAP_KINDS {
            assert!(std::iter::once(&need.rule).chain(need.others).all(|id| rules::rule(id).is_some()));
        }
    }
}
