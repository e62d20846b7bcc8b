//! Series over time, as monitoring tools export them.

use super::*;

#[test]
fn series_have_their_scope_in_labels() {
    let read = read_text(
        "\"Time\",\"uptime {service=\"\"till\"\"}\",\"uptime {segment=\"\"quay\"\"}\"\n\
         1772323200000,0.9995,99.9%\n1772409600000,1,undefined\n",
    );
    assert!(read.is_recognised);
    let expected =
        ["availability 2026-03-02: 1", "availability 2026-03: 0.9995", "availability quay 2026-03: 0.999"];
    assert_eq!(read.figures(), expected);
    assert!(read.records.figures.iter().any(|figure| figure.scope.service.as_deref() == Some("till")));
    assert!(read.notes().contains("milliseconds"));
}

#[test]
fn a_panel_names_what_its_series_are_of() {
    let text = "Time,till,quay\n2026-03-01 00:00:00,99.95%,100%\n2026-03-02 00:00:00,99.9%,99%\n";
    let read = read_bytes("Availability-data-2026-03-04 10_11_12.csv", text.as_bytes(), &options());
    assert!(read.is_recognised);
    let expected = [
        "availability quay 2026-03-02: 0.99",
        "availability quay 2026-03: 1",
        "availability till 2026-03-02: 0.999",
        "availability till 2026-03: 0.9995",
    ];
    assert_eq!(read.figures(), expected);
    let alone = read_text(text);
    assert!(alone.is_recognised, "nothing but series over time");
    assert_eq!(alone.kinds()["till"], "share ratio day");
}

#[test]
fn series_in_rows_are_a_long_table() {
    let read = read_text(
        "sep=,\nSeries,Time,Value\ntill availability,2026-03-01T00:00:00Z,99.95%\nsignups,2026-03-01T00:00:00Z,1.2 K\n",
    );
    assert_eq!(read.figures(), ["availability till 2026-03: 0.9995", "signups 2026-03: 1200"]);
}

#[test]
fn several_times_of_a_day_are_no_figure_of_it() {
    let read =
        read_text("Time,requests\n2026-03-01 00:00:00,5\n2026-03-01 01:00:00,6\n2026-03-02 00:00:00,7\n");
    assert_eq!(read.figures(), ["requests 2026-03-02: 7"]);
    assert!(read.told()[0].starts_with("2:1 several times of one day"), "{:?}", read.told());
    // The same day twice is a figure stated twice, and told as that.
    assert_eq!(read_text("Day,requests\n2026-03-01,5\n2026-03-01,6\n2026-03-02,7\n").figures().len(), 3);
}
