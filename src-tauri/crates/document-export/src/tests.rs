use proptest::prelude::*;
use scraper::{Html, Selector};

use super::*;

fn document() -> PlainDocument {
    PlainDocument {
        title: "Acme on 1 Mar 2027".to_owned(),
        subtitle: "What is known".to_owned(),
        blocks: vec![
            DocumentBlock::Heading("1. Fit".to_owned()),
            DocumentBlock::Quiet("Does it pay?".to_owned()),
            DocumentBlock::Paragraph(DocumentLine::new("Worst:", "<b>Payback</b> | is *long*")),
            DocumentBlock::List(vec![DocumentLine::new("Services:", "12"), "nothing else".to_owned().into()]),
            DocumentBlock::Table {
                head: ["Figure", "Newest", "Trend"].map(str::to_owned).to_vec(),
                rows: vec![vec![
                    DocumentCell::Text("MRR".to_owned()),
                    DocumentCell::Number("48 000 EUR".to_owned()),
                    DocumentCell::Curve(vec![Some(1.0), Some(2.0), None, Some(8.0)]),
                ]],
            },
        ],
    }
}

#[test]
fn markdown_has_everything_and_no_markup_of_texts() {
    let text = markdown(&document());
    assert_eq!(
        text,
        "# Acme on 1 Mar 2027\n\nWhat is known\n\n## 1. Fit\n\n*Does it pay?*\n\n\
         **Worst:** \\<b>Payback\\</b> \\| is \\*long\\*\n\n- **Services:** 12\n- nothing else\n\n\
         | Figure | Newest | Trend |\n| --- | ---: | --- |\n| MRR | 48 000 EUR | ▁▂ █ |\n"
    );
}

#[test]
fn html_has_everything_and_no_markup_of_texts() {
    let page = Html::parse_document(&html(&document()));
    let all = |selector: &str| -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).map(|element| element.text().collect()).collect()
    };
    assert_eq!(all("h1"), ["Acme on 1 Mar 2027"]);
    assert_eq!(all("p:not(.quiet)"), ["Worst: <b>Payback</b> | is *long*"]);
    assert_eq!(all("li"), ["Services: 12", "nothing else"]);
    assert_eq!(all("td.number"), ["48 000 EUR"]);
    assert_eq!(all("b"), Vec::<String>::new());
    // A break in the curve begins another line.
    let path = Selector::parse("path").unwrap();
    let drawn: Vec<&str> = page.select(&path).filter_map(|path| path.attr("d")).collect();
    assert_eq!(drawn.len(), 1);
    assert_eq!(drawn[0].matches('M').count(), 2);
}

#[test]
fn a_pdf_has_as_many_pages_as_it_needs() {
    let count = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches("/Type/Page/").count();
    let short = pdf(&document()).unwrap();
    assert!(short.starts_with(b"%PDF-1.7"), "{:?}", &short[..8]);
    assert_eq!(count(&short), 1);
    let line =
        || DocumentLine::new("High:", "Customs has nobody who can work on Tariffs at night. ".repeat(3));
    let long =
        PlainDocument { blocks: vec![DocumentBlock::List((0..60).map(|_| line()).collect())], ..document() };
    assert_eq!(count(&pdf(&long).unwrap()), 3);
}

#[test]
fn nothing_stands_beside_the_page() {
    let wide = "Donaudampfschifffahrtsgesellschaft".repeat(8);
    let document = PlainDocument {
        title: wide.clone(),
        blocks: vec![DocumentBlock::Table {
            head: vec![wide.clone(); 4],
            rows: vec![vec![DocumentCell::Number(wide.clone()); 4]],
        }],
        ..PlainDocument::default()
    };
    let spans = pdf::text_spans(&document);
    assert!(spans.len() > 30, "{}", spans.len());
    for (from, to) in spans {
        assert!(from >= 50.0 && to <= 546.0, "{from} to {to}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_can_be_written(text in "(?s).{0,80}", values in prop::collection::vec(prop::option::of(any::<f64>()), 0..6)) {
        let document = PlainDocument {
            title: text.clone(),
            subtitle: text.clone(),
            blocks: vec![
                DocumentBlock::Heading(text.clone()),
                DocumentBlock::List(vec![DocumentLine::new(&text, &text)]),
                DocumentBlock::Table {
                    head: vec![text.clone(), text.clone()],
                    rows: vec![vec![DocumentCell::Text(text), DocumentCell::Curve(values)]],
                },
            ],
        };
        prop_assert!(markdown(&document).starts_with("# "));
        prop_assert!(html(&document).ends_with("</html>\n"));
        prop_assert!(pdf(&document).is_ok());
    }
}
