//! Keys of new positions: `HC2027-NH-001` for a new hire, `HC2027-BF-001` for a backfill, `HC2027-MV-001` for one that
//! goes on in another team. No other module makes them.

use rustc_hash::FxHashMap;

use crate::Position;

pub const NEW_HIRE: &str = "NH";
pub const BACKFILL: &str = "BF";
pub const MOVED: &str = "MV";

/// Generates unused keys, one after another.
#[derive(Debug)]
pub struct PositionKeys {
    /// The highest number so far, by what is in front of it.
    highest: FxHashMap<String, u32>,
}

impl PositionKeys {
    pub fn new<'p>(positions: impl IntoIterator<Item = &'p Position>) -> Self {
        let mut keys = Self { highest: FxHashMap::default() };
        positions.into_iter().for_each(|position| keys.take(&position.key));
        keys
    }

    /// Notes a key that is in use.
    pub fn take(&mut self, key: &str) {
        let numbered =
            key.rsplit_once('-').and_then(|(stem, number)| Some((stem, number.parse::<u32>().ok()?)));
        let Some((stem, number)) = numbered.filter(|(stem, _)| stem.starts_with("HC")) else { return };
        let highest = self.highest.entry(stem.to_owned()).or_default();
        *highest = number.max(*highest);
    }

    /// The next key of a year and a kind: one more than the highest number in use.
    pub fn next(&mut self, year: i32, kind: &str) -> String {
        let stem = format!("HC{year:04}-{kind}");
        let highest = self.highest.entry(stem.clone()).or_default();
        *highest = highest.saturating_add(1);
        format!("{stem}-{highest:03}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Plan};

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
        let mut keys = PositionKeys::new(&plan.positions);
        let next = [keys.next(2027, NEW_HIRE), keys.next(2027, NEW_HIRE), keys.next(2027, BACKFILL)];
        assert_eq!(next, ["HC2027-NH-008", "HC2027-NH-009", "HC2027-BF-003"]);
        assert_eq!(keys.next(2028, NEW_HIRE), "HC2028-NH-001");
        let mut beside = PositionKeys::new(&plan.positions);
        beside.take("HC2027-NH-011");
        assert_eq!(beside.next(2027, NEW_HIRE), "HC2027-NH-012");
    }
}
