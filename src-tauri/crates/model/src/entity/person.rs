use chrono::NaiveDate;

use super::*;

entity! {
    /// A person, from the first to the last day of employment.
    pub struct Person: PersonId {
        /// The key by which people and other tools know it; never changes.
        key: String, "ID", required();
        name: String, "name", required();
        /// Former and other names; imports resolve them to this entity.
        aliases: Vec<String>, "also known as";
        title: String, "title";
        company: String, "company";
        email: String, "email";
        location: String, "location";
        /// Referred to by a source and defined by none.
        unconfirmed: bool, "unconfirmed";
        /// Format it was imported from (`csv`, `backstage`, …); none if entered by hand.
        source: Option<String>, "imported from";
        extra: Extra, "other source data";
        /// First day of employment.
        from: Option<NaiveDate>, "start date";
        /// Last day of employment.
        until: Option<NaiveDate>, "last day";
    }
}

impl Entity for Person {
    fn date_range(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    fn key(&self) -> Option<&str> {
        Some(&self.key)
    }

    fn called(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }
}
