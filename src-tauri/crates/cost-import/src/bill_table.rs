//! Reads the rows of a bill in a CSV file, one after the other: memory does not grow with their number.

use std::{
    fs::File,
    hash::{DefaultHasher, Hasher},
    io::{BufRead, BufReader, Read},
    path::Path,
    sync::Arc,
};

use csv::{ByteRecord, ReaderBuilder};
use headroom_files::{Diagnostic, Level, Place, ReadError, shortened};
use headroom_model::Currency;

use crate::{
    BillOptions,
    bill::{Bill, Charge},
    charge_class::{CommitmentLine, class_of, class_of_allocation, commitment_line},
    charge_day::{BillMonth, SlashOrder, is_slashed, order_of, parse_day},
    columns::{BillColumns, BillKind, Role},
    exact_amount::{CommaMeaning, ExactAmount},
    read_progress::CountedRead,
    tags::is_nothing,
    texts::{TextId, Texts, decoded},
};

/// So many bytes are looked at to know a bill.
const HEAD_BYTES: u64 = 1 << 16;
/// The header is among the first lines.
const HEADER_LINES: usize = 8;
/// Rows that are told one by one.
const TOLD_ROWS: u64 = 20;
/// Rows between two looks at whether somebody still waits.
const ROWS_A_LOOK: u64 = 1 << 13;

/// How the table in a file is written, known from its first lines.
pub struct BillHead {
    columns: BillColumns,
    delimiter: u8,
    /// Lines before the one with the headers.
    before: usize,
    has_bom: bool,
    order: Option<SlashOrder>,
    has_slashes: bool,
}

/// None if the file is no bill.
pub fn head_of(path: &Path) -> std::io::Result<Option<BillHead>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(HEAD_BYTES).read_to_end(&mut bytes)?;
    let has_bom = bytes.starts_with(b"\xef\xbb\xbf");
    let text = if has_bom { &bytes[3..] } else { &bytes };
    if text.contains(&0) {
        return Ok(None);
    }
    let mut start = 0;
    for before in 0..HEADER_LINES {
        let rest = &text[start..];
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            return Ok(head_in(rest, before, has_bom));
        };
        if let Some(head) = head_in(&rest[..end], before, has_bom) {
            return Ok(Some(head.with_dates(&text[start..])));
        }
        start += end + 1;
    }
    Ok(None)
}

fn head_in(line: &[u8], before: usize, has_bom: bool) -> Option<BillHead> {
    let count = |mark: u8| line.iter().filter(|byte| **byte == mark).count();
    let delimiter = [b',', b';', b'\t', b'|'].into_iter().max_by_key(|mark| count(*mark))?;
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line);
    let record = reader.byte_records().next()?.ok()?;
    let headers: Vec<String> = record.iter().map(|cell| decoded(cell).trim().to_owned()).collect();
    let columns = BillColumns::of(&headers)?;
    Some(BillHead { columns, delimiter, before, has_bom, order: None, has_slashes: false })
}

impl BillHead {
    /// In which order the dates of the first rows are.
    fn with_dates(mut self, table: &[u8]) -> Self {
        let Some(at) = self.columns.at(Role::Start) else { return self };
        let mut reader = ReaderBuilder::new().delimiter(self.delimiter).flexible(true).from_reader(table);
        for record in reader.byte_records().map_while(Result::ok) {
            let cell = record.get(at).unwrap_or_default();
            self.has_slashes |= is_slashed(cell);
            self.order = self.order.or_else(|| order_of(cell));
        }
        self
    }
}

/// Adds the rows of a file to a bill.
///
/// # Errors
/// [`ReadError::Io`] if it can't be read, [`ReadError::Refused`] if nobody waits any more.
pub fn read(
    path: &Path,
    file: &Arc<str>,
    head: BillHead,
    options: &BillOptions,
    bill: &mut Bill,
) -> Result<(), ReadError> {
    let io = |source| ReadError::Io { path: path.to_owned(), source };
    let mut reader = BufReader::with_capacity(
        1 << 18,
        CountedRead { inner: File::open(path).map_err(io)?, progress: options.progress.clone() },
    );
    if head.has_bom {
        reader.read_exact(&mut [0; 3]).map_err(io)?;
    }
    let mut line = Vec::new();
    for _ in 0..=head.before {
        line.clear();
        reader.read_until(b'\n', &mut line).map_err(io)?;
    }
    tell_about_columns(&head, file, options, bill);
    let mut table = BillTable::new(&head, file, options, bill);
    let mut reader = ReaderBuilder::new()
        .delimiter(head.delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 18)
        .from_reader(reader);
    let mut record = ByteRecord::new();
    let mut count = 0_u64;
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let line = record.position().map_or(0, csv::Position::line) + head.before as u64 + 1;
                table.row(&record, line, bill);
            }
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(source) => return Err(io(source)),
                other => return Err(io(std::io::Error::other(format!("{other:?}")))),
            },
        }
        count += 1;
        if count.is_multiple_of(ROWS_A_LOOK) && options.progress.is_cancelled() {
            return Err(ReadError::Refused("reading was cancelled; nothing was imported".to_owned()));
        }
    }
    table.finish(bill);
    Ok(())
}

fn tell_about_columns(head: &BillHead, file: &Arc<str>, options: &BillOptions, bill: &mut Bill) {
    let BillHead { columns, .. } = head;
    bill.columns = bill.columns.max(columns.count);
    for unknown in &columns.unknown {
        if !bill.unknown_columns.contains(unknown) {
            bill.unknown_columns.push(unknown.clone());
        }
    }
    let title = columns.kind.title();
    if !bill.formats.contains(&title) {
        bill.formats.push(title);
    }
    bill.has_effective |= columns.kind.has_effective();
    let place = Place::new(file, head.before as u64 + 1, 0);
    if head.has_slashes && head.order.is_none() && options.dates.is_none() {
        let message = "dates such as 3/4/2027 are read with the month first";
        bill.problems.push(Diagnostic::new(
            Level::Warning,
            place.clone(),
            message,
            "say --dates day-first if they are not",
        ));
    }
    if columns.at(Role::Currency).is_none() {
        let message = format!("the file names no currency; amounts are taken to be {}", options.currency);
        bill.problems.push(Diagnostic::new(
            Level::Note,
            place,
            message,
            "say --currency if they are in another one",
        ));
    }
}

struct BillTable<'h> {
    columns: &'h BillColumns,
    file: &'h Arc<str>,
    order: SlashOrder,
    comma: CommaMeaning,
    currency: Currency,
    provider: TextId,
    last_currency: (Vec<u8>, Option<Currency>),
    tag_cells: Vec<(Option<&'h str>, usize)>,
    told: u64,
    skipped: u64,
}

impl<'h> BillTable<'h> {
    fn new(head: &'h BillHead, file: &'h Arc<str>, options: &BillOptions, bill: &mut Bill) -> Self {
        let columns = &head.columns;
        let mut tag_cells: Vec<(Option<&str>, usize)> =
            columns.all(Role::Tags).map(|at| (None, at)).collect();
        tag_cells.extend(columns.tags.iter().map(|(at, key)| (Some(key.as_str()), *at)));
        let is_comma_decimal = head.delimiter != b',';
        Self {
            columns,
            file,
            order: options.dates.or(head.order).unwrap_or(SlashOrder::MonthFirst),
            comma: if is_comma_decimal { CommaMeaning::Decimals } else { CommaMeaning::Thousands },
            currency: options.currency,
            provider: bill.texts.id(columns.kind.title().as_bytes()),
            last_currency: (Vec::new(), None),
            tag_cells,
            told: 0,
            skipped: 0,
        }
    }

    fn row(&mut self, record: &ByteRecord, line: u64, bill: &mut Bill) {
        if record.len() == 1 && record.get(0).is_some_and(|cell| cell.trim_ascii().is_empty()) {
            return;
        }
        if record.len() != self.columns.count {
            let message =
                format!("row has {} cells, the header {}; skipped", record.len(), self.columns.count);
            return self.skip(line, message, "export the file again: it may be cut off", bill);
        }
        bill.null_cells += record.iter().filter(|cell| *cell == b"NULL").count() as u64;
        match self.charge(record, bill) {
            Ok((charge, from_name)) => {
                let mut cells: Vec<(Option<&str>, &[u8])> =
                    self.tag_cells.iter().map(|(key, at)| (*key, &record[*at])).collect();
                cells.extend(from_name);
                bill.add(&charge, &cells);
            }
            Err((message, advice)) => self.skip(line, message, advice, bill),
        }
    }

    fn skip(&mut self, line: u64, message: String, advice: &str, bill: &mut Bill) {
        self.skipped += 1;
        bill.skipped_rows += 1;
        if self.told < TOLD_ROWS {
            self.told += 1;
            bill.problems.push(Diagnostic::new(
                Level::Error,
                Place::new(self.file, line, 0),
                message,
                advice,
            ));
        }
    }

    fn finish(self, bill: &mut Bill) {
        if self.skipped > self.told {
            let message = format!("{} more rows skipped for reasons of this kind", self.skipped - self.told);
            let place = Place::new(self.file, 0, 0);
            bill.problems.push(Diagnostic::new(
                Level::Error,
                place,
                message,
                "correct the file and import it again",
            ));
        }
    }

    fn cell<'r>(&self, record: &'r ByteRecord, role: Role) -> &'r [u8] {
        let cell = self.columns.at(role).map(|at| &record[at]).unwrap_or_default();
        if is_nothing(cell) { b"" } else { cell }
    }

    fn amount(&self, record: &ByteRecord, role: Role) -> Result<Option<ExactAmount>, Fault> {
        let cell = self.cell(record, role);
        if cell.is_empty() {
            return Ok(None);
        }
        let fault =
            || (format!("“{}” is no amount; row skipped", shortened(&decoded(cell))), "correct the cell");
        ExactAmount::parse(cell, self.comma).map(Some).ok_or_else(fault)
    }

    fn charge<'r>(
        &mut self,
        record: &'r ByteRecord,
        bill: &mut Bill,
    ) -> Result<(Charge, Option<TagCell<'r>>), Fault> {
        let start = self.cell(record, Role::Start);
        let day = parse_day(start, self.order).ok_or_else(|| {
            let message =
                format!("“{}” is no day on which a charge begins; row skipped", shortened(&decoded(start)));
            (message, "write it as 2027-03-12, or say --dates day-first or month-first")
        })?;
        let class_text = self.cell(record, Role::Class);
        let word = std::str::from_utf8(class_text).unwrap_or_default();
        let mut class = class_of(word);
        let mut billed = self.amount(record, Role::Billed)?;
        for at in self.columns.all(Role::PartOfTotal) {
            let part = ExactAmount::parse(&record[at], self.comma).unwrap_or_default();
            billed = Some(billed.unwrap_or_default() + part);
        }
        let billed = billed.unwrap_or_default() + self.credits(record);
        let effective = self.effective(record, word, billed)?;
        let currency = self.currency(record)?;
        let texts: &mut Texts = &mut bill.texts;
        let (mut namespace, mut from_name) = (self.cell(record, Role::Namespace), None);
        if self.columns.kind == BillKind::OpenCost {
            let name = self.cell(record, Role::Name);
            let share = [namespace, name]
                .into_iter()
                .find_map(|text| class_of_allocation(std::str::from_utf8(text).ok()?));
            if let Some(share) = share {
                (class, namespace) = (share, b"");
            } else if name.contains(&b'=') {
                from_name = Some((None, name));
            } else if namespace.is_empty() {
                namespace = name;
            }
        }
        let provider = self.cell(record, Role::Provider);
        let resource = self.cell(record, Role::Resource);
        let charge = Charge {
            month: BillMonth::of(day),
            billed,
            effective,
            currency,
            class,
            class_text: if class_text.is_empty() {
                texts.id(class.word().as_bytes())
            } else {
                texts.id(class_text)
            },
            provider: if provider.is_empty() { self.provider } else { texts.id(provider) },
            account: texts.id(self.cell(record, Role::Account)),
            account_name: texts.id(self.cell(record, Role::AccountName)),
            namespace: texts.id(namespace),
            service_category: texts.id(self.cell(record, Role::ServiceCategory)),
            resource: (!resource.is_empty()).then(|| hash(resource)),
        };
        Ok((charge, from_name))
    }

    /// Credits that are apart from the cost of a row, as Google Cloud has them.
    fn credits(&self, record: &ByteRecord) -> ExactAmount {
        let cell = self.cell(record, Role::Credits);
        if cell.is_empty() {
            return ExactAmount::ZERO;
        }
        if let Some(amount) = ExactAmount::parse(cell, self.comma) {
            return amount;
        }
        let listed = serde_json::from_slice::<Vec<serde_json::Value>>(cell).unwrap_or_default();
        let amount = |credit: &serde_json::Value| {
            let amount = credit.get("amount")?.to_string();
            ExactAmount::parse(amount.trim_matches('"').as_bytes(), CommaMeaning::Thousands)
        };
        listed.iter().filter_map(amount).sum()
    }

    fn effective(&self, record: &ByteRecord, class: &str, billed: ExactAmount) -> Result<ExactAmount, Fault> {
        let amount = |role| self.amount(record, role).map(Option::unwrap_or_default);
        if self.columns.kind != BillKind::Aws {
            return match self.columns.at(Role::Effective) {
                Some(_) => amount(Role::Effective),
                None => Ok(billed),
            };
        }
        match commitment_line(class) {
            CommitmentLine::None => Ok(billed),
            CommitmentLine::Reserved => amount(Role::ReservationEffective),
            CommitmentLine::Covered => amount(Role::SavingsPlanEffective),
            CommitmentLine::Nothing => Ok(ExactAmount::ZERO),
            CommitmentLine::ReservationFee => {
                Ok(amount(Role::ReservationUnusedUpfront)? + amount(Role::ReservationUnusedRecurring)?)
            }
            CommitmentLine::SavingsPlanFee => {
                Ok(amount(Role::SavingsPlanCommitment)? - amount(Role::SavingsPlanUsed)?)
            }
        }
    }

    fn currency(&mut self, record: &ByteRecord) -> Result<Currency, Fault> {
        let cell = self.cell(record, Role::Currency);
        if cell.is_empty() {
            return Ok(self.currency);
        }
        if self.last_currency.0 != cell {
            let known = std::str::from_utf8(cell).ok().and_then(|code| code.trim().parse().ok());
            self.last_currency = (cell.to_vec(), known);
        }
        let fault = || {
            let message = format!(
                "“{}” is no currency but credits of a provider; row skipped",
                shortened(&decoded(cell))
            );
            (message, "export the bill in a currency")
        };
        self.last_currency.1.ok_or_else(fault)
    }
}

type Fault = (String, &'static str);
type TagCell<'r> = (Option<&'static str>, &'r [u8]);

fn hash(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text);
    hasher.finish()
}
