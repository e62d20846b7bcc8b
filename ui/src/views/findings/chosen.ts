//! Lines of the list that are selected, and what is decided about them.

import type { Chosen } from '../../entities/finding-review.svelte';
import type { FindingLine, FindingQuery } from '../../ipc/client';

/** What is chosen with these lines of the list of a query; none if there is no line. */
export function chosenOf(lines: FindingLine[], query: FindingQuery): Chosen | null {
  if (!lines.length) return null;
  const causes = lines.flatMap((line) => line.cause ?? []);
  const whole = new Set(causes.map((cause) => cause.id));
  // What is inside of a cause that is chosen as a whole is counted with it.
  const isCounted = (line: FindingLine) => line.inside === null || !whole.has(line.inside);
  const findings = lines.flatMap((line) => (line.finding && isCounted(line) ? line.finding : []));
  const isDecided = (status: string) => status !== 'open';
  const decided = findings.filter((row) => isDecided(row.review?.decision ?? 'open')).length;
  const inCauses = causes.reduce((sum, cause) => sum + cause.findings.count, 0);
  return {
    choice: { findings: findings.map((row) => row.id), causes: causes.map((cause) => cause.id), query },
    count: findings.length + inCauses,
    // A cause is of one status, unless all are listed: whether it has decided ones the program knows.
    decided: decided + (query.status === 'open' ? 0 : inCauses),
  };
}

/** Numbers for lines, by which the table knows them, and the lines by their numbers. */
export function keysOfLines() {
  const numbers = new Map<string, number>();
  const known = new Map<number, FindingLine>();
  const numberOf = (id: string) => {
    const number = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, number);
    return number;
  };
  return {
    of(line: FindingLine): number {
      const number = numberOf(line.cause ? `cause ${line.cause.id}` : `finding ${line.finding?.id}`);
      known.set(number, line);
      return number;
    },
    ofFinding: (id: string) => numberOf(`finding ${id}`),
    ofCause: (id: string) => numberOf(`cause ${id}`),
    lines: (selected: Iterable<number>): FindingLine[] =>
      [...selected].flatMap((number) => known.get(number) ?? []),
  };
}
