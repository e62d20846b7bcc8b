import { describe, expect, it } from 'vitest';
import type { ListItem, Turn } from '../../../ipc/client';
import { othersOf, progressOf, spanOf, weekNumber, weeksOf } from './weeks';

function item(title: string, turn: Turn, due: string | null, change: Partial<ListItem> = {}): ListItem {
  return {
    title,
    turn,
    due,
    generated: '',
    isOwn: true,
    isGoal: false,
    isOptional: false,
    ...change,
  } as ListItem;
}

const shown = (items: ListItem[], start: string, today: string) =>
  weeksOf(items, start, today).map((week) => [
    week.title,
    week.span,
    week.items.map((one) => one.title).join(', '),
  ]);

describe('the weeks of a list', () => {
  it('begins with today and what was planned earlier, then goes on week by week', () => {
    // A Wednesday; the first day was the Monday of the week before.
    const items = [
      item('read', 'later', '2026-12-22'),
      item('badge', 'late', '2026-12-11'),
      item('hello', 'today', '2026-12-16'),
      item('training', 'thisWeek', '2026-12-18'),
      item('demo', 'later', '2026-12-21'),
      item('review', 'later', '2027-01-04'),
      item('lunch', 'whenever', null),
    ];
    expect(shown(items, '2026-12-07', '2026-12-16')).toEqual([
      ['Today', '', 'badge, hello'],
      ['This week', 'Week 2 · 14–18 Dec', 'training'],
      ['Week 3', '21–25 Dec', 'demo, read'],
      ['Week 5', '4–8 Jan 2027', 'review'],
      ['Any time', '', 'lunch'],
    ]);
  });

  it('names the weeks before the first day as what they are', () => {
    const items = [item('contract', 'later', '2026-12-02'), item('laptop', 'later', '2027-01-11')];
    expect(shown(items, '2027-01-11', '2026-11-27')).toEqual([
      ['Before you start', '30 Nov – 4 Dec', 'contract'],
      ['Week 1', '11–15 Jan 2027', 'laptop'],
    ]);
  });

  it('leaves goals, people to meet, what is done and what others do to other places', () => {
    const items = [
      item('goal', 'later', '2026-12-21', { isGoal: true }),
      item('Meet Ada', 'later', '2026-12-21', { generated: 'meet:person:7', isOptional: true }),
      item('Met Bo', 'over', '2026-12-21', { generated: 'meet:person:8', isOptional: true }),
      item('accounts', 'late', '2026-12-01', { isOwn: false }),
      item('done', 'over', '2026-12-01'),
      item('read', 'later', '2026-12-21', { isOptional: true }),
    ];
    expect(shown(items, '2026-12-07', '2026-12-16')).toEqual([['Week 3', '21–25 Dec', 'read']]);
    const others = othersOf(items);
    expect([others.prepared, others.goals, others.done].map((part) => part.map((one) => one.title))).toEqual([
      ['accounts'],
      ['goal'],
      ['done'],
    ]);
    expect(progressOf(items)).toEqual({ done: 1, all: 1 });
  });

  it('counts weeks from the Monday of the first day, or the one after a weekend', () => {
    expect(weekNumber('2027-01-11', '2027-01-13')).toBe(1);
    expect(weekNumber('2027-01-17', '2027-01-13')).toBe(1);
    expect(weekNumber('2027-01-18', '2027-01-13')).toBe(2);
    expect(weekNumber('2027-01-18', '2027-01-16')).toBe(1);
    expect(weekNumber('2027-01-15', '2027-01-18')).toBe(0);
  });

  it('says the days of a week across months and years, and as far as something is due', () => {
    expect(spanOf('2026-12-14', '2026-11-27')).toBe('14–18 Dec');
    expect(spanOf('2026-12-14', '2026-11-27', '2026-12-20')).toBe('14–20 Dec');
    expect(spanOf('2026-11-30', '2026-11-27')).toBe('30 Nov – 4 Dec');
    expect(spanOf('2026-12-28', '2026-11-27')).toBe('28 Dec – 1 Jan 2027');
    expect(spanOf('2027-02-01', '2027-01-27')).toBe('1–5 Feb');
  });
});
