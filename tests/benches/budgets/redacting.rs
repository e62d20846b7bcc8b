//! Redacting a plan full of text: the time is proportional to the length of the text, whatever it contains.

use std::sync::Arc;

use headroom_model::{Draft, Money, Plan, Service};
use headroom_redaction::{RatiosOfMoney, redacted};

use crate::{Line, shortest};

/// Texts in which a number could be parsed again from every position.
const PIECES: [&str; 12] =
    ["10,", "salary ", "5 k - ", "a", "  ", "7", "1 000 ", "5e5", "EUR", "4.200.", "5,", "2027-01-"];
const REPEATED: usize = 10_000;
const TIMES: usize = 8;
const RUNS: usize = 3;

pub fn lines() -> Vec<Line> {
    let time = |times: usize| {
        let plan = plan(times);
        shortest(RUNS, || {
            redacted(&plan, [Money::whole(137_250, headroom_model::Currency::EUR)], RatiosOfMoney::Removed)
                .is_ok()
        })
    };
    let (once, often) = (time(1), time(TIMES));
    vec![Line::ratio("amounts in eight times the text", often, "once", once, 2.0 * TIMES as f64)]
}

/// A service for each piece, whose description repeats it.
fn plan(times: usize) -> Arc<Plan> {
    let mut plan = Plan::default();
    let mut draft = Draft::new(&plan);
    for (at, piece) in PIECES.iter().enumerate() {
        let (id, key) = (draft.new_id::<Service>(), format!("svc-{at}"));
        let description = format!("{}5 ", piece.repeat(REPEATED)).repeat(times);
        draft.put(Service { id, name: key.clone(), key, description, ..Service::default() });
    }
    let changes = draft.finish();
    plan.apply(&changes).unwrap();
    Arc::new(plan)
}
