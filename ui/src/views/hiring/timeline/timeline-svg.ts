//! The hiring timeline as a picture of its own.

import { count, date, daysAfter } from '../../../lib/format';
import { fileOf, shownInk, text, type Ink } from '../../../components/svg-file';
import { truncate, textWidth } from '../../../components/text-width';
import type { HireLine } from '../../../ipc/client';
import { ticks, xOf, type Scale } from '../../../components/timeline/scale';

export const PHASES = [
  { id: 'approval', title: 'Approval', ink: 'ramp-4' },
  { id: 'recruiting', title: 'Recruiting', ink: 'ramp-3' },
  { id: 'notice', title: 'Notice', ink: 'ramp-2' },
  { id: 'ramp', title: 'Ramp-up', ink: 'hue-3' },
] as const;

const ROW = 28;
const NAMES = 320;
const HEAD = 28;

export function timelineSvg(
  lines: HireLine[],
  days: { from: string; until: string; today: string },
  left: number,
  ink: Ink = shownInk,
): string {
  const scale: Scale = { from: daysAfter(days.from, -14), zoom: 2 };
  const until = daysAfter(days.until, 30);
  const width = NAMES + xOf(scale, until);
  const height = HEAD + lines.length * ROW;
  const at = (day: string) => NAMES + xOf(scale, day);
  const parts: string[] = [];
  for (const tick of ticks(scale, until)) {
    const x = NAMES + tick.x;
    parts.push(`<path d="M${x} ${HEAD - 6}V${height}" stroke="${ink('line')}"/>`);
    parts.push(text(tick.label, x + 3, 14, 11, ink('text-quiet'), tick.isYear ? 'font-weight="600"' : ''));
  }
  lines.forEach((line, row) => {
    const y = HEAD + row * ROW;
    if (line.head) parts.push(text(line.head, 0, y + 18, 12, ink('text'), 'font-weight="600"'));
    else if (line.bar) parts.push(bar(line.bar, y, at, ink));
  });
  const today = at(days.today);
  parts.push(`<path d="M${today} ${HEAD - 6}V${height}" stroke="${ink('accent')}" stroke-dasharray="4 3"/>`);
  const legend: { text: string; ink: string }[] = PHASES.map((phase) => ({
    text: phase.title,
    ink: phase.ink,
  }));
  if (lines.some((line) => line.bar?.gate)) legend.push({ text: 'Waits for a gate', ink: 'medium' });
  legend.push({ text: 'Needed by', ink: 'text' }, { text: 'Approve by, open by', ink: 'high' });
  const note = `${date(days.today)}${left > 0 ? ` · ${count(left, 'more position')} not shown` : ''}`;
  return fileOf(width, height, parts.join(''), { title: 'Hiring timeline', note, legend }, ink);
}

function bar(bar: NonNullable<HireLine['bar']>, y: number, at: (day: string) => number, ink: Ink): string {
  const parts: string[] = [];
  const state = bar.state.kind === 'due-soon' ? `Due soon · ${bar.state.words}` : bar.state.words;
  const colour = { late: 'critical', 'due-soon': 'high', 'in-time': 'good', filled: 'good' }[bar.state.kind];
  const room = NAMES - textWidth(state, 11) - 24;
  parts.push(text(truncate(bar.seat.name, 12, room), 0, y + 18, 12, ink('text')));
  parts.push(text(state, NAMES - 12, y + 18, 11, ink(colour ?? 'text-quiet'), 'text-anchor="end"'));
  for (const phase of bar.phases) {
    const fill = ink(PHASES.find((known) => known.id === phase.name)?.ink ?? 'line');
    const width = Math.max(1, at(phase.until) - at(phase.from));
    parts.push(`<rect x="${at(phase.from)}" y="${y + 8}" width="${width}" height="12" fill="${fill}"/>`);
  }
  if (bar.gate) {
    const until = bar.gate.until ?? bar.phases.at(-1)?.until ?? bar.gate.from;
    const [left, right] = [at(bar.gate.from), at(until)];
    parts.push(
      `<rect x="${left}" y="${y + 7}" width="${right - left}" height="14" fill="${ink('surface')}" stroke="${ink('medium')}"/>`,
    );
    for (let x = left; x < right; x += 5) {
      const reach = Math.min(14, right - x);
      parts.push(`<path d="M${x} ${y + 21}l${reach} -${reach}" stroke="${ink('medium')}"/>`);
    }
  }
  for (const day of [bar.approveBy, bar.openBy]) {
    if (day) parts.push(`<path d="M${at(day)} ${y + 4}v20" stroke="${ink('high')}" stroke-width="2"/>`);
  }
  if (bar.needBy) {
    const x = at(bar.needBy);
    parts.push(`<path d="M${x} ${y + 7}l6 7l-6 7l-6 -7z" fill="${ink('text')}"/>`);
  }
  return parts.join('');
}
