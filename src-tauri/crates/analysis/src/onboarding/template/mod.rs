//! Looking after templates: what an edit does to the lists that were made from them, what a list lacks of its templates
//! as they are now, what there is to mend, and the template for leaving that mirrors one for joining.

mod care;
mod difference;
mod follow;
mod mirror;

#[cfg(test)]
mod tests;

pub use care::{Care, Said, care};
pub use difference::{Altered, Difference, catch_up, difference, keep_as_is};
pub use follow::follow;
pub use mirror::{free_key, mirror};
