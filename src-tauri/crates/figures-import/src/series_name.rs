//! Names of series as monitoring tools write them: `availability {service="checkout"}`.

use super::{
    column_role::ColumnRole, figure_table::FigureTable, imported_figures::ImportedScope,
    metric_label::MetricLabel,
};

/// The name without its labels, and the scope that they say.
fn without_labels(name: &str) -> Option<(String, ImportedScope)> {
    let (head, labels) = name.trim().strip_suffix('}')?.split_once('{')?;
    let mut scope = ImportedScope::default();
    let mut called = head.trim().to_owned();
    for label in labels.split(',') {
        let (key, value) = label.split_once('=')?;
        let (key, value) = (key.trim().trim_matches('"'), value.trim().trim_matches('"').to_owned());
        match ColumnRole::of(key) {
            Some(ColumnRole::Service) => scope.service = Some(value),
            Some(ColumnRole::Team) => scope.team = Some(value),
            Some(ColumnRole::Segment) => scope.segment = value,
            Some(ColumnRole::Channel) => scope.channel = value,
            Some(ColumnRole::Market) => scope.market = value,
            _ if key == "__name__" && called.is_empty() => called = value,
            _ => {}
        }
    }
    Some((called, scope))
}

/// What a panel of Grafana is called, by the name of its file: `Availability-data-2026-03-04 10_11_12.csv`.
fn panel_title(file: &str) -> Option<&str> {
    let start = file.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let (title, rest) = file[start..].split_once("-data-")?;
    rest.contains(|letter: char| letter.is_ascii_digit())
        .then_some(title.trim())
        .filter(|title| !title.is_empty())
}

/// Takes the labels of series for scopes. Where series have no name of their own, or none that is known, their panel is
/// the metric, and the series are its parts.
pub fn take_series_names(file: &str, found: &mut FigureTable) {
    for line in &mut found.lines {
        let Some((label, said)) = without_labels(&line.label) else { continue };
        line.label = label;
        let own = &mut line.scope;
        own.service = own.service.take().or(said.service);
        own.team = own.team.take().or(said.team);
        for (text, said) in [
            (&mut own.segment, said.segment),
            (&mut own.channel, said.channel),
            (&mut own.market, said.market),
        ] {
            if text.is_empty() {
                *text = said;
            }
        }
    }
    let Some(title) = panel_title(file).filter(|_| found.is_of_series) else { return };
    let is_unknown = found.lines.iter().all(|line| MetricLabel::of(&line.label).known.is_none());
    for line in found.lines.iter_mut().filter(|_| is_unknown) {
        let name = std::mem::replace(&mut line.label, title.to_owned());
        let is_a_part = !name.is_empty() && name != title && line.scope == ImportedScope::default();
        if is_a_part && !name.eq_ignore_ascii_case("value") {
            line.scope.segment = name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_series_are_scopes() {
        let (name, scope) =
            without_labels(r#"availability {service="checkout", job="a", team="money"}"#).unwrap();
        assert_eq!(
            (name.as_str(), scope.service.as_deref(), scope.team.as_deref()),
            ("availability", Some("checkout"), Some("money"))
        );
        let (name, scope) = without_labels(r#"{__name__="uptime", region="eu"}"#).unwrap();
        assert_eq!((name.as_str(), scope.market.as_str()), ("uptime", "eu"));
        assert_eq!(without_labels("MRR {all}"), None);
        assert_eq!(
            panel_title("a/Uptime by service-data-2026-03-04 10_11_12.csv"),
            Some("Uptime by service")
        );
        assert_eq!(panel_title("a/board-pack.csv"), None);
    }
}
