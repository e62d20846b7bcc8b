//! Who has changed something last: in the plan, or in a copy that is merged.

use chrono::{DateTime, Utc};
use headroom_model::{EntityRef, ScenarioId};
use rusqlite::{OptionalExtension, named_params};

use crate::{
    Store,
    error::StoreError,
    operation::{LineScope, seen},
};

/// Who changed something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub author: String,
    pub at: DateTime<Utc>,
}

/// The newest operation on an entity, or on one of its fields. What was created with others stands in a row with them.
const NEWEST: &str = concat!(
    r#"WITH change (operation, before, "after") AS (
        SELECT operation, before, "after" FROM operation_change
        WHERE entity = :entity AND kind = :kind AND "last" IS NULL
        UNION ALL
        SELECT operation, NULL, "after" -> (:entity - entity) FROM operation_change
        WHERE kind = :kind AND "last" >= :entity AND entity <= :entity AND "last" IS NOT NULL
    )
    SELECT o.author, o.at FROM change AS c JOIN operation AS o ON o.seq = c.operation
    WHERE o.seq < :before AND (o.branch = '') = :is_own
      AND (:field IS NULL OR json_type(c.before, '$.' || :field) IS NOT NULL
           OR json_type(c."after", '$.' || :field) IS NOT NULL) AND "#,
    seen!(),
    " ORDER BY o.seq DESC LIMIT 1"
);

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
        self.newest(self.lines.shown().scope(), subject, field, (i64::MAX, true))
    }

    /// Who changed it last in what this merge has brought: a copy, or in a scenario what the plan had done.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn changed_in_copy(
        &self,
        subject: EntityRef,
        field: Option<&str>,
        merge: i64,
    ) -> Result<Option<Changed>, StoreError> {
        let line = self.lines.shown();
        match line.bases.iter().find(|(seq, _)| *seq == merge) {
            Some((_, base)) => self.newest(LineScope::PLAN, subject, field, (base + 1, true)),
            // What a copy brings stands right before its merge.
            None => self.newest(line.scope(), subject, field, (merge, false)),
        }
    }

    /// Who changed it last in a scenario itself.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn changed_in_scenario(
        &self,
        subject: EntityRef,
        field: Option<&str>,
        scenario: ScenarioId,
    ) -> Result<Option<Changed>, StoreError> {
        // Without a base there is nothing of the plan in it.
        let scope = LineScope { scenario: Some(scenario), base: 0 };
        self.newest(scope, subject, field, (i64::MAX, true))
    }

    fn newest(
        &self,
        scope: LineScope,
        subject: EntityRef,
        field: Option<&str>,
        (before, is_own): (i64, bool),
    ) -> Result<Option<Changed>, StoreError> {
        let parameters = named_params! {
            ":entity": subject.id.cast_signed(), ":kind": subject.kind.word(), ":field": field,
            ":before": before, ":is_own": is_own,
            ":scenario": scope.column(), ":base": scope.base,
        };
        let found = self
            .db
            .prepare_cached(NEWEST)?
            .query_row(parameters, |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        Ok(found.map(|(author, at)| Changed { author, at: at.parse().unwrap_or_default() }))
    }
}
