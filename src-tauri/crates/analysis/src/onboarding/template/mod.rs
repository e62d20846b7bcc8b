//! Looking after templates: what an edit does to the lists that were made from them, what a list lacks of its templates
//! as they are now, what there is to mend, and the template for leaving that mirrors one for joining.

mod difference;
mod offboarding;
mod propagate;
mod review;

#[cfg(test)]
mod tests;

pub use difference::{AlteredItem, TemplateDifference, pin_version, sync_with_template, template_difference};
pub use offboarding::{free_key, offboarding_from};
pub use propagate::propagate;
pub use review::{OpenFeedback, ReviewStatus, review_status};
