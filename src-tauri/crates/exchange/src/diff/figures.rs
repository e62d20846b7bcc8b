//! Compares figures of metrics by what they measure. They come by the hundred thousand, and almost all are new.

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place,
    records::{Dates, FigureRecord, ImportedScope},
};
use headroom_model::{
    DateRange, Entity as _, Kind, MetricId, MetricValue, Observation, ServiceId, SharedText, TeamId,
};
use rustc_hash::FxHashMap;

use super::{
    differ::Differ,
    relations::{RelationRecord, new_row, source_of},
};

/// What a figure is about, with its entities found.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
struct About {
    service: Option<ServiceId>,
    team: Option<TeamId>,
    segment: SharedText,
    channel: SharedText,
    market: SharedText,
}

static ORGANISATION: LazyLock<Arc<About>> = LazyLock::new(Arc::default);

/// What a figure measures.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Measured {
    metric: MetricId,
    first: NaiveDate,
    last: NaiveDate,
    about: Arc<About>,
}

impl Measured {
    fn of(row: &Observation) -> Self {
        let Observation { service, team, segment, channel, market, .. } = row;
        let has_text = [segment, channel, market].iter().any(|text| !text.is_empty());
        let about = if service.is_none() && team.is_none() && !has_text {
            ORGANISATION.clone()
        } else {
            let [segment, channel, market] = [segment, channel, market].map(SharedText::clone);
            Arc::new(About { service: *service, team: *team, segment, channel, market })
        };
        Self { metric: row.metric, first: row.first, last: row.last, about }
    }
}

/// A record whose references have been found.
struct Figure<'r> {
    record: &'r FigureRecord,
    measured: Measured,
    dates: Dates,
}

impl Figure<'_> {
    fn span(&self) -> DateRange {
        DateRange::new(self.dates.from.flatten(), self.dates.until.flatten())
    }
}

impl RelationRecord for Figure<'_> {
    type Row = Observation;
    /// Two values for the same days are two figures.
    type Ends = (Measured, MetricValue);

    fn ends_of(row: &Observation) -> Self::Ends {
        (Measured::of(row), row.value)
    }

    fn dates(&self) -> &Dates {
        &self.dates
    }

    fn place(&self) -> &Place {
        &self.record.place
    }

    fn set(&self, row: &mut Observation, (measured, value): Self::Ends, _differ: &Differ<'_>) {
        let Measured { metric, first, last, about } = measured;
        (row.metric, row.first, row.last, row.value) = (metric, first, last, value);
        (row.service, row.team) = (about.service, about.team);
        row.segment.clone_from(&about.segment);
        row.channel.clone_from(&about.channel);
        row.market.clone_from(&about.market);
        if let Some(origin) = &self.record.origin {
            row.origin = origin.clone().into();
        }
    }

    fn set_dates(&self, row: &mut Observation) {
        row.from = self.dates.from.unwrap_or(row.from);
        row.until = self.dates.until.unwrap_or(row.until);
    }
}

/// What the figures of a source refer to, as far as it has been found.
#[derive(Default)]
struct Found {
    metrics: FxHashMap<*const u8, MetricId>,
    scopes: FxHashMap<*const ImportedScope, Arc<About>>,
}

impl Differ<'_> {
    pub(super) fn figures(&mut self, records: &[FigureRecord]) {
        let plan = self.plan;
        let mut known: FxHashMap<Measured, Vec<&Observation>> = FxHashMap::default();
        for row in plan.observations.iter().filter(|_| !records.is_empty()) {
            known.entry(Measured::of(row)).or_default().push(row);
        }
        let figures = self.found(records);
        let mut counts: FxHashMap<&Measured, u32> = FxHashMap::default();
        counts.reserve(figures.len());
        figures.iter().for_each(|figure| *counts.entry(&figure.measured).or_default() += 1);
        let new = new_row::<Observation>(Default::default(), self.source());
        let is_new = |figure: &Figure<'_>| {
            counts.get(&figure.measured) == Some(&1) && !known.contains_key(&figure.measured)
        };
        let mut others = Vec::new();
        for (at, figure) in figures.iter().enumerate() {
            if !is_new(figure) {
                others.push(at);
                continue;
            }
            let mut row = Observation { id: self.draft.new_id::<Observation>(), ..new.clone() };
            figure.set(&mut row, (figure.measured.clone(), figure.record.value), self);
            figure.set_dates(&mut row);
            self.put(row, figure.place());
        }
        drop(counts);
        let mut figures: Vec<Option<Figure<'_>>> = figures.into_iter().map(Some).collect();
        let mut others: Vec<Figure<'_>> = others.into_iter().filter_map(|at| figures[at].take()).collect();
        self.restate(&mut others, &known);
        self.settle(&others, |_, figure| Some((figure.measured.clone(), figure.record.value)));
    }

    /// The records with their references found, without those about something that does not exist, which are reported.
    fn found<'r>(&mut self, records: &'r [FigureRecord]) -> Vec<Figure<'r>> {
        let mut found = Found::default();
        let mut figures = Vec::with_capacity(records.len());
        for record in records {
            let Some(metric) = self.metric_of(record, &mut found) else { continue };
            let Some(about) = self.about(record, &mut found) else { continue };
            let measured = Measured { metric, first: record.first, last: record.last, about };
            figures.push(Figure { record, measured, dates: record.dates.clone() });
        }
        figures
    }

    fn metric_of(&mut self, record: &FigureRecord, found: &mut Found) -> Option<MetricId> {
        let place = record.metric.as_ptr();
        if let Some(known) = found.metrics.get(&place) {
            return Some(*known);
        }
        let id: MetricId = self.entity(Kind::Metric, &record.metric, &record.place)?.id.into();
        found.metrics.insert(place, id);
        Some(id)
    }

    fn about(&mut self, record: &FigureRecord, found: &mut Found) -> Option<Arc<About>> {
        let scope = &record.scope;
        if let Some(known) = found.scopes.get(&Arc::as_ptr(scope)) {
            known.service.into_iter().for_each(|service| self.services.mention(service));
            known.team.into_iter().for_each(|team| self.teams.mention(team));
            return Some(known.clone());
        }
        let service = match &scope.service {
            Some(key) => Some(self.service(key, &record.place)?),
            None => None,
        };
        let team = match &scope.team {
            Some(key) => Some(self.team(key, &record.place)?),
            None => None,
        };
        let ImportedScope { segment, channel, market, .. } = &**scope;
        let [segment, channel, market] = [segment, channel, market].map(|text| text.as_str().into());
        let about = Arc::new(About { service, team, segment, channel, market });
        found.scopes.insert(Arc::as_ptr(scope), about.clone());
        Some(about)
    }

    /// Figures that differ from what the plan has for the same days restate it: what was believed is so until yesterday,
    /// and they are from today on. Two figures of one source for the same days are both kept, and told.
    fn restate(&mut self, figures: &mut [Figure<'_>], known: &FxHashMap<Measured, Vec<&Observation>>) {
        let today = self.options.today;
        let mut said: FxHashMap<Measured, usize> = FxHashMap::default();
        for at in 0..figures.len() {
            let (earlier, rest) = figures.split_at_mut(at);
            let [figure, ..] = rest else { return };
            let of_days = known.get(&figure.measured).into_iter().flatten();
            let others: Vec<&Observation> =
                of_days.copied().filter(|row| !self.has_ended(row.date_range())).collect();
            let is_known = others.iter().any(|row| row.value == figure.record.value);
            if !is_known && !others.is_empty() && figure.span() == DateRange::ALWAYS {
                others.into_iter().for_each(|row| self.end_belief(row));
                figure.dates.from = Some(Some(today));
            }
            let first = *said.entry(figure.measured.clone()).or_insert(at);
            if let Some(first) = earlier.get(first)
                && first.record.value != figure.record.value
                && first.span().overlaps(&figure.span())
            {
                let first = first.place().beside(figure.place());
                let message = format!("another figure for the same days at {first}; both are kept");
                let advice = "remove one of them, or say until when the first was believed";
                let place = figure.place().clone();
                self.problems.push(Diagnostic::new(Level::Warning, place, message, advice));
            }
        }
    }

    /// Ends the belief in a figure of this source yesterday.
    fn end_belief(&mut self, row: &Observation) {
        let subject = row.id.into();
        if source_of(row) != Some(self.options.source) || self.touched.contains(&subject) {
            return;
        }
        let until = row.date_range().ended_before(self.options.today).until;
        self.draft.put(Observation { until, ..row.clone() });
        self.ended.insert(subject);
        self.touch(subject);
    }
}
