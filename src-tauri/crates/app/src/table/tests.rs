use super::*;

/// Rows of a name, tags, a number and a day.
struct Sample;

type Row = (&'static str, &'static [&'static str], f64, Option<&'static str>);

impl TableRows for Sample {
    type Row = Row;
    type Shown = &'static str;
    const COLUMNS: &'static [&'static str] = &["name", "tags", "size", "day"];

    fn value(&self, (name, tags, size, day): &Row, column: &str) -> ColumnValue {
        match column {
            "tags" => ColumnValue::Things(tags.iter().map(|tag| CellThing::ranked(0, *tag, *tag)).collect()),
            "size" => ColumnValue::Number(*size),
            "day" => ColumnValue::Day(day.map(|day| day.parse().unwrap())),
            _ => ColumnValue::word(name),
        }
    }

    fn show(&self, row: &Row) -> &'static str {
        row.0
    }

    fn key(&self, row: &Row) -> Option<Id> {
        Some(Id(row.2 as u64))
    }
}

fn rows() -> Vec<Row> {
    vec![
        ("Gdańsk", &["port", "north"], 3.0, Some("2027-03-01")),
        ("Aachen", &["west"], 1.0, None),
        ("Bonn", &[], 2.0, Some("2026-12-31")),
    ]
}

fn query() -> RowQuery {
    RowQuery { limit: 99, ..RowQuery::default() }
}

fn shown(query: &RowQuery) -> Vec<String> {
    let lines = Sample.lines(rows(), query).unwrap().rows.into_iter();
    lines
        .map(|line| match line.group {
            Some(head) => format!("{}({})", head.title, head.count),
            None => line.row.unwrap_or_default().to_owned(),
        })
        .collect()
}

fn filtered(filter: ColumnFilter) -> Vec<String> {
    shown(&RowQuery { filters: vec![filter], ..query() })
}

#[test]
fn what_is_not_there_comes_last_in_either_direction() {
    let by = |sort: &str, is_descending| shown(&RowQuery { sort: sort.into(), is_descending, ..query() });
    assert_eq!(by("", false), ["Gdańsk", "Aachen", "Bonn"]);
    assert_eq!(by("day", false), ["Bonn", "Gdańsk", "Aachen"]);
    assert_eq!(by("day", true), ["Gdańsk", "Bonn", "Aachen"]);
    assert_eq!(by("tags", true), ["Aachen", "Gdańsk", "Bonn"]);
    assert_eq!(by("size", true), ["Gdańsk", "Bonn", "Aachen"]);
}

#[test]
fn columns_are_filtered_by_choice_words_number_and_day() {
    let of = |column: &str| ColumnFilter { column: column.into(), ..ColumnFilter::default() };
    let any = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    assert_eq!(filtered(ColumnFilter { any_of: any(&["north"]), ..of("tags") }), ["Gdańsk"]);
    assert_eq!(filtered(ColumnFilter { any_of: any(&["", "west"]), ..of("tags") }), ["Aachen", "Bonn"]);
    assert_eq!(filtered(ColumnFilter { any_of: any(&[""]), ..of("day") }), ["Aachen"]);
    assert_eq!(filtered(ColumnFilter { text: "gdansk".into(), ..of("name") }), ["Gdańsk"]);
    assert_eq!(filtered(ColumnFilter { at_least: Some(2.0), ..of("size") }), ["Gdańsk", "Bonn"]);
    assert_eq!(filtered(ColumnFilter { at_least: Some(2.0), at_most: Some(2.0), ..of("size") }), ["Bonn"]);
    let last = "2026-12-31".parse().ok();
    assert_eq!(filtered(ColumnFilter { until: last, ..of("day") }), ["Bonn"], "the last day is included");
}

#[test]
fn rows_stand_in_each_of_their_groups_by_title_and_those_without_come_first() {
    assert_eq!(
        shown(&RowQuery { group_by: "tags".into(), sort: "name".into(), ..query() }),
        ["(1)", "Bonn", "north(1)", "Gdańsk", "port(1)", "Gdańsk", "west(1)", "Aachen"]
    );
    let months = shown(&RowQuery { group_by: "day".into(), ..query() });
    assert_eq!(months, ["(1)", "Aachen", "Dec 2026(1)", "Bonn", "Mar 2027(1)", "Gdańsk"]);
}

#[test]
fn choices_are_counted_under_the_filters_of_other_columns() {
    let filter = |column: &str, id: &str| ColumnFilter {
        column: column.into(),
        any_of: vec![id.into()],
        ..ColumnFilter::default()
    };
    let asked = |filters| RowQuery { choices_of: "tags".into(), filters, ..query() };
    let choices = |query: &RowQuery| {
        let found = Sample.lines(rows(), query).unwrap().choices.into_iter();
        found.map(|choice| format!("{} {}", choice.id, choice.count)).collect::<Vec<_>>()
    };
    assert_eq!(choices(&asked(vec![filter("tags", "west")])), [" 1", "north 1", "port 1", "west 1"]);
    assert_eq!(choices(&asked(vec![filter("name", "Bonn")])), [" 1"]);
}

#[test]
fn keys_are_of_all_rows_and_unknown_columns_are_refused() {
    let found = Sample.lines(rows(), &RowQuery { with_keys: true, limit: 1, ..query() }).unwrap();
    assert_eq!((found.rows.len(), found.found, found.total), (1, 3, 3));
    assert_eq!(found.keys, [Id(3), Id(1), Id(2)]);
    let unknown = Sample.lines(rows(), &RowQuery { sort: "colour".into(), ..query() }).unwrap_err();
    assert!(unknown.message.contains("no column “colour”"), "{}", unknown.message);
}
