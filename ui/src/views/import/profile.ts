import type { SheetPreviewView, SheetAmbiguity } from '../../ipc/client';

/** How the columns of tables become fields, as the program reads and keeps it. */
export interface Profile {
  title: string;
  tables: TableProfile[];
}

export type Rows = 'people' | 'positions' | 'counted' | 'teams' | 'look_up';
export type Target = string | { table: string };

export interface TableProfile {
  name: string;
  rows: Rows;
  columns: Record<string, Target>;
  key?: string;
  dates?: 'day_first' | 'month_first';
  short_years?: number;
  decimal?: 'point' | 'comma';
  currency?: string;
  dollar?: string;
  pay_period?: 'year' | 'month';
  full_time_hours?: string;
  part_time?: string;
  hidden?: 'take' | 'leave_out';
  zero_is_undisclosed?: boolean;
  vacant?: string[];
  nothing?: string[];
  sheet?: string;
  header_row?: number;
  constants?: Record<string, string>;
}

export const ROWS: Record<Rows, string> = {
  people: 'a person with their position',
  positions: 'a position with the person in it',
  counted: 'several identical positions, with a count',
  teams: 'a team',
  look_up: 'values that another file refers to',
};

/** The profile with one of its tables altered; what becomes undefined goes. */
export function updateTable(profile: Profile, at: number, change: Partial<TableProfile>): Profile {
  const tables = profile.tables.map((table, other) => (other === at ? { ...table, ...change } : table));
  return { ...profile, tables };
}

/** The last part of a path. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** The profile with another sheet, or another line with the headers: its columns are looked for anew. */
export function setTableLocation(
  profile: Profile,
  at: number,
  place: { sheet?: string; header_row?: number },
): Profile {
  return updateTable(profile, at, { ...place, columns: {}, key: undefined });
}

/** Letters, digits and nothing else: how the program compares headers. */
function normalizeHeader(header: string): string {
  return header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/#/g, ' number ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether this column holds the ids by which other tables mean rows of this one. */
export function isKey(table: TableProfile | undefined, header: string): boolean {
  return table?.key !== undefined && normalizeHeader(table.key) === normalizeHeader(header);
}

/** The profile with a column made the id of its table's rows. */
export function setKeyColumn(profile: Profile, at: number, header: string, headers: string[]): Profile {
  const bare = mapColumn(profile, at, header, null, headers);
  return updateTable(bare, at, { key: header });
}

/**
 * The profile with a column made another field, or none. `headers` are those of the file: what the profile calls
 * another of its columns stays, however alike the two are.
 */
export function mapColumn(
  profile: Profile,
  at: number,
  header: string,
  target: Target | null,
  headers: string[],
): Profile {
  if (isKey(profile.tables[at], header)) profile = updateTable(profile, at, { key: undefined });
  const columns = Object.entries(profile.tables[at]?.columns ?? {}).filter(
    ([own]) => own !== header && (headers.includes(own) || normalizeHeader(own) !== normalizeHeader(header)),
  );
  if (target !== null) columns.push([header, target]);
  return updateTable(profile, at, { columns: Object.fromEntries(columns) });
}

/** One ambiguity for a table and what is asked: an answer goes to all its columns. */
export function openAmbiguities(look: SheetPreviewView): SheetAmbiguity[] {
  const isSame = (one: SheetAmbiguity) => (other: SheetAmbiguity) =>
    other.table === one.table && other.ask === one.ask;
  return look.questions.filter((ambiguity, at) => look.questions.findIndex(isSame(ambiguity)) === at);
}
