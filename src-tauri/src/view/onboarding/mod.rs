//! Onboarding: who starts when and how far they are, the list of one person, and templates.

pub mod begin;
pub mod chase;
pub mod handout;
pub mod list;
pub mod load;
pub mod starter;
pub mod starters;
pub mod take_back;
pub mod template;
pub mod templates;
pub mod tick;
pub mod times;

use headroom_analysis::onboarding::Doer;
use headroom_model::Plan;

use super::Named;

impl Named {
    /// Where it is somebody in the plan.
    fn of_doer(plan: &Plan, doer: &Doer) -> Option<Self> {
        match doer {
            Doer::Person(person) => Some(Self::new(plan, *person)),
            Doer::Team(team) => Some(Self::new(plan, *team)),
            Doer::Role(_) | Doer::Named(_) => None,
        }
    }
}
