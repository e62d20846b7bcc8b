//! Which gaps people close: one line a kind, beside the rule that tells of it on a day.

use headroom_model::{Kind, reason};

use crate::forecast::GapKind;

/// What it takes to close a gap of one kind.
#[derive(Debug)]
pub struct GapKindSpec {
    pub kind: GapKind,
    /// The rule that finds it on a day, by its id.
    pub rule: &'static str,
    /// Others whose findings are closed by the same people.
    pub others: &'static [&'static str],
    /// Who needs them: a service, or a team.
    pub of: Kind,
    /// Why a seat for it is wanted; see [`headroom_model::Position::reason`].
    pub reason: &'static str,
}

/// Gaps that are not here take an owner or a decision, and nobody new.
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

/// What a gap of this kind takes; none when people do not close it.
pub fn gap_kind_spec(kind: GapKind) -> Option<&'static GapKindSpec> {
    GAP_KINDS.iter().find(|need| need.kind == kind)
}

/// What closes the findings of a rule; none when people do not.
pub fn gap_kind_of_rule(id: &str) -> Option<&'static GapKindSpec> {
    let says = |need: &&GapKindSpec| need.rule == id || need.others.contains(&id);
    GAP_KINDS.iter().find(says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn every_need_names_rules_that_are_there() {
        for need in GAP_KINDS {
            assert!(std::iter::once(&need.rule).chain(need.others).all(|id| rules::rule(id).is_some()));
        }
    }
}
