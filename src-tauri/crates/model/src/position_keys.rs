//! Keys of new positions: `HC2027-NH-001` for a new hire, `HC2027-BF-001` for a backfill. No other module makes them.

use rustc_hash::FxHashMap;

use crate::{Plan, Position};

pub const NEW_HIRE: &str = "NH";
pub const BACKFILL: &str = "BF";

/// Generates unused keys, one after another.
#[derive(Debug)]
pub struct PositionKeys<'a> {
    plan: &'a Plan,
    /// The highest number so far, by prefix.
    highest: FxHashMap<String, u32>,
    /// Keys about to be used that were not generated here.
    taken: Vec<String>,
}

impl<'a> PositionKeys<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Self { plan, highest: FxHashMap::default(), taken: Vec::new() }
    }

    /// As [`PositionKeys::new`], with keys that are about to be used.
    pub fn beside(plan: &'a Plan, taken: Vec<String>) -> Self {
        Self { taken, ..Self::new(plan) }
    }

    /// The next key of a year and a kind: one more than the highest number in use.
    pub fn next(&mut self, year: i32, kind: &str) -> String {
        let start = format!("HC{year:04}-{kind}-");
        let Self { plan, highest, taken } = self;
        let known = plan.positions.iter().map(|position: &Position| position.key.as_str());
        let all = || {
            let number = |key: &str| key.strip_prefix(&start)?.parse::<u32>().ok();
            known.chain(taken.iter().map(String::as_str)).filter_map(number).max().unwrap_or(0)
        };
        let number = match highest.get(&start) {
            Some(number) => *number,
            None => all(),
        }
        .saturating_add(1);
        let key = format!("{start}{number:03}");
        highest.insert(start, number);
        key
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;

    #[test]
    fn keys_continue_after_the_highest_in_the_plan() {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        for key in ["HC2027-NH-007", "HC2027-NH-x", "HC2026-NH-040", "HC2027-BF-002", "other"] {
            let id = draft.new_id::<Position>();
            draft.put(Position { id, key: key.into(), ..Position::default() });
        }
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        let mut keys = PositionKeys::new(&plan);
        let next = [keys.next(2027, NEW_HIRE), keys.next(2027, NEW_HIRE), keys.next(2027, BACKFILL)];
        assert_eq!(next, ["HC2027-NH-008", "HC2027-NH-009", "HC2027-BF-003"]);
        assert_eq!(keys.next(2028, NEW_HIRE), "HC2028-NH-001");
        let mut beside = PositionKeys::beside(&plan, vec!["HC2027-NH-011".to_owned()]);
        assert_eq!(beside.next(2027, NEW_HIRE), "HC2027-NH-012");
    }
}
