//! Stretches of days on which nothing changes for a service or team, and the gaps that they add up to.

use headroom_model::EntityRef;

use super::window::AvailabilityIndex;
use crate::{
    coverage_severity::SeverityScale,
    finding::Severity,
    gap::{Gap, GapKind},
};

/// A range of days on which nothing changes for a subject; the next one begins where it ends.
pub struct Stretch<S> {
    /// Days since the first day of the window.
    pub start: u32,
    pub state: S,
}

/// The state of a subject during a stretch.
pub trait SubjectState {
    /// The open gaps, one bit per kind.
    fn open(&self) -> u16;
    /// How many people are missing for an open gap of this kind.
    fn lack(&self, kind: GapKind) -> u32;
    /// The difference from the state before, for a gap that opens now.
    fn because(&self, before: Option<&Self>, kind: GapKind, subject: EntityRef) -> Vec<EntityRef>;
    fn people(&self) -> &[EntityRef];
    /// The severity of a gap of this kind that opens now.
    fn severity(&self, kind: GapKind, scale: &SeverityScale) -> Severity {
        scale.of_kind(kind)
    }
}

/// The bit of a kind among the open gaps of a state.
pub fn bit(kind: GapKind) -> u16 {
    1 << kind as u16
}

/// The entities of the first list that are not in the second.
pub fn set_difference(was: &[EntityRef], is: &[EntityRef]) -> Vec<EntityRef> {
    was.iter().filter(|person| !is.contains(person)).copied().collect()
}

/// Joins neighbouring stretches with the same open gap into one gap.
pub fn gaps_of<S: SubjectState>(
    availability: &AvailabilityIndex<'_>,
    subject: EntityRef,
    stretches: &[Stretch<S>],
) -> Vec<Gap> {
    let window = &availability.window;
    let mut gaps: Vec<Gap> = Vec::new();
    let mut open: [Option<usize>; GapKind::ALL.len()] = Default::default();
    let mut before: Option<&S> = None;
    for stretch in stretches {
        let bits = stretch.state.open();
        for kind in GapKind::ALL {
            let slot = &mut open[kind as usize];
            match (*slot, bits & bit(kind) != 0) {
                (None, true) => {
                    *slot = Some(gaps.len());
                    gaps.push(Gap {
                        subject,
                        kind,
                        opens: (stretch.start > 0).then(|| window.day(stretch.start)),
                        closes: None,
                        because: match stretch.start {
                            0 => Vec::new(),
                            _ => stretch.state.because(before, kind, subject),
                        },
                        people: stretch.state.people().to_vec(),
                        lack: stretch.state.lack(kind),
                        severity: stretch.state.severity(kind, &availability.scale),
                    });
                }
                (Some(at), true) => gaps[at].lack = gaps[at].lack.max(stretch.state.lack(kind)),
                (Some(at), false) => {
                    gaps[at].closes = Some(window.day(stretch.start));
                    *slot = None;
                }
                _ => {}
            }
        }
        before = Some(&stretch.state);
    }
    gaps
}
