//! Formats dates, numbers, amounts and counts for the window.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2027-03-12` as `12 Mar 2027`. */
export function date(iso: string | null | undefined): string {
  const [year, month, day] = (iso ?? '').split('-');
  return year && month && day ? `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}` : '';
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `2027-03-12` as `Fri 12 Mar 2027`. */
export function weekdayAndDate(iso: string): string {
  return `${WEEKDAYS[new Date(`${iso}T00:00:00Z`).getUTCDay()]} ${date(iso)}`;
}

/** A moment in the local time of the reader: `12 Mar 2027, 09:30`. */
export function moment(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}`;
  return `${day}, ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The day of a moment, in the local time of the reader. */
export function localDay(iso: string): string {
  const at = new Date(iso);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function number(value: number): string {
  // Asking for a locale is slow, and charts ask for thousands of numbers at once.
  if (Number.isInteger(value)) return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
  return value.toLocaleString('en-US').replaceAll(',', ' ');
}

/** `1 team`, `2 teams`, `3 people`. */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${number(value)} ${value === 1 ? noun : plural}`;
}

/** What is not counted as open: `3 accepted, 1 snoozed`; empty if there is neither. */
export function acceptedAndSnoozed(accepted: number, snoozed: number): string {
  const told = [accepted ? `${number(accepted)} accepted` : '', snoozed ? `${number(snoozed)} snoozed` : ''];
  return told.filter((words) => words).join(', ');
}

/** A date range in words: `from 12 Mar 2027`, `12 Mar 2027 – 1 Apr 2027`. */
export function formatDateRange(from: string | null, until: string | null): string {
  if (from && until) return `${date(from)} – ${date(until)}`;
  if (from) return `from ${date(from)}`;
  if (until) return `until ${date(until)}`;
  return '';
}

/** The day so many days after another. */
export function daysAfter(iso: string, days: number): string {
  const at = new Date(`${iso}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The same day of a month before or after; the last of that month where it has none. */
export function monthsAfter(iso: string, months: number): string {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  last.setUTCDate(Math.min(day, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** Days from one to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** `12345.67 EUR` as `€12 345.67`: exact. */
export function money(text: string | null | undefined): string {
  const [amount = '', currency = ''] = (text ?? '').split(' ');
  if (!currency) return '';
  const [whole = '', rest] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  const exact = rest && Number(rest) ? `${grouped}.${rest}` : grouped;
  return signed(currency, exact);
}

/** `+4.2%`; empty where there is none. */
export function changeWords(change: number | null): string {
  if (change === null) return '';
  const percent = Math.round(change * 1000) / 10;
  const sign = percent > 0 ? '+' : percent < 0 ? '−' : '±';
  return `${sign}${Math.abs(percent)}%`;
}

/** An amount in short: `€1.24 m`, `€85 k`. The exact figure belongs on hover. */
export function moneyInShort(value: number, currency: string): string {
  const [divisor, unit] =
    Math.abs(value) >= 999_500 ? [1e6, ' m'] : Math.abs(value) >= 1e4 ? [1e3, ' k'] : [1, ''];
  const scaled = value / divisor;
  const text = unit === ' m' ? scaled.toFixed(2) : number(Math.round(scaled));
  return signed(currency, text + unit);
}

const SIGNS: Record<string, string> = { EUR: '€', USD: '$', GBP: '£', JPY: '¥', INR: '₹' };

function signed(currency: string, amount: string): string {
  const sign = SIGNS[currency] ?? `${currency} `;
  return amount.startsWith('-') ? `−${sign}${amount.slice(1)}` : sign + amount;
}

export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  if (value < 1024 * 1024) return `${Math.round(value / 1024)} KB`;
  return `${(value / 1024 / 1024).toFixed(1)} MB`;
}

/** What stands in an empty field: an example that cannot be taken for a value. */
export function hint(example: string): string | undefined {
  return example ? `e.g. ${example}` : undefined;
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * What is wrong with a form: `The amount is not an amount such as 12345.67 EUR`. Of a field without a name here the
 * message is a sentence of its own.
 */
export function problem(
  error: { field: string | null; message: string },
  names: Record<string, string>,
): string {
  const name = names[error.field ?? ''];
  const text = name ? `${name} ${error.message}` : error.message;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
