//! Who has changed something last: in the plan, or in a copy that is merged.

use chrono::{DateTime, Utc};
use headroom_model::EntityRef;
use rusqlite::{OptionalExtension, params};

use crate::{Store, error::StoreError};

/// Who changed something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub author: String,
    pub at: DateTime<Utc>,
}

/// The newest operation on an entity, or on one of its fields.
const NEWEST: &str = r#"SELECT o.author, o.at FROM operation_change AS c JOIN operation AS o ON o.seq = c.operation
    WHERE c.entity = ?1 AND c.kind = ?2 AND o.seq < ?3 AND (o.branch = '') = ?5
      AND (?4 IS NULL OR json_type(c.before, '$.' || ?4) IS NOT NULL OR json_type(c."after", '$.' || ?4) IS NOT NULL)
    ORDER BY o.seq DESC LIMIT 1"#;

impl Store {
    /// Who changed an entity, or one of its fields, last.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn changed_last(
        &self,
        subject: EntityRef,
        field: Option<&str>,
    ) -> Result<Option<Changed>, StoreError> {
        self.newest(subject, field, i64::MAX, true)
    }

    /// Who changed it last in the copy that this merge has brought.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn changed_in_copy(
        &self,
        subject: EntityRef,
        field: Option<&str>,
        merge: i64,
    ) -> Result<Option<Changed>, StoreError> {
        // What a merge brings stands right before it.
        self.newest(subject, field, merge, false)
    }

    fn newest(
        &self,
        subject: EntityRef,
        field: Option<&str>,
        before: i64,
        is_own: bool,
    ) -> Result<Option<Changed>, StoreError> {
        let found = self
            .db
            .prepare_cached(NEWEST)?
            .query_row(params![subject.id.cast_signed(), subject.kind.word(), before, field, is_own], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?))
            })
            .optional()?;
        Ok(found.map(|(author, at)| Changed { author, at: at.parse().unwrap_or_default() }))
    }
}
