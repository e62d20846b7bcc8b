//! The items of a checklist week by week, as a new hire reads them: what is for today, this week, and each week after.

import { daysAfter, daysBetween } from '../../../lib/format';
import type { ListItem } from '../../../ipc/client';

export interface Week {
  id: string;
  /** `Today`, `This week`, `Week 3`, `Before you start`, `Any time`. */
  title: string;
  /** `14–18 Dec`; empty where there are no days. */
  span: string;
  items: ListItem[];
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS_OF_WORK = 5;

/** 0 on Mondays. */
const weekday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
const mondayOf = (day: string) => daysAfter(day, -weekday(day));

/** An item that introduces somebody: it stands among the people. */
export const isIntroduction = (item: ListItem) => item.generated.startsWith('meet:');

/** What the person does themselves and has not done yet, without goals and introductions. */
const isOwnTask = (item: ListItem) =>
  item.isOwn && item.turn !== 'over' && !item.isGoal && !isIntroduction(item);

/** The Monday of the first week: of somebody who starts on a weekend the one after it. */
function firstMonday(start: string): string {
  const isWeekend = weekday(start) >= DAYS_OF_WORK;
  return daysAfter(mondayOf(start), isWeekend ? 7 : 0);
}

/** The number of the week in which a day lies: 1 is the first, and before it there is none. */
export function weekNumber(day: string, start: string): number {
  return Math.floor(daysBetween(firstMonday(start), mondayOf(day)) / 7) + 1;
}

/** The working days of a week, or as far as something is due in it: `14–18 Dec`, `28 Dec – 1 Jan 2027`. */
export function spanOf(monday: string, today: string, lastDue = monday): string {
  const friday = daysAfter(monday, DAYS_OF_WORK - 1);
  const last = lastDue > friday ? lastDue : friday;
  const [year, month, day] = monday.split('-').map(Number) as [number, number, number];
  const [lastYear, lastMonth, lastDay] = last.split('-').map(Number) as [number, number, number];
  const named = (day: number, month: number) => `${day} ${MONTHS[month - 1]}`;
  const tail = lastYear === Number(today.slice(0, 4)) && year === lastYear ? '' : ` ${lastYear}`;
  if (month === lastMonth) return `${day}–${named(lastDay, lastMonth)}${tail}`;
  return `${named(day, month)} – ${named(lastDay, lastMonth)}${tail}`;
}

/** Own open tasks: what is for today or was planned earlier, this week, each week to come, and what has no day. */
export function weeksOf(items: ListItem[], start: string, today: string): Week[] {
  const own = items.filter(isOwnTask);
  const thisMonday = mondayOf(today);
  const titleOf = (monday: string) => {
    const number = weekNumber(monday, start);
    return number < 1 ? 'Before you start' : `Week ${number}`;
  };
  const of = (...turns: string[]) => own.filter((item) => turns.includes(item.turn));
  const lastDue = (items: ListItem[]) => items.at(-1)?.due ?? undefined;
  const rest = of('thisWeek');
  const weeks: Week[] = [
    { id: 'today', title: 'Today', span: '', items: of('late', 'today') },
    {
      id: 'this-week',
      title: 'This week',
      span: [titleOf(thisMonday), spanOf(thisMonday, today, lastDue(rest))].join(' · '),
      items: rest,
    },
  ];
  const later = of('later').sort((one, other) => (one.due ?? '').localeCompare(other.due ?? ''));
  for (const monday of [...new Set(later.map((item) => mondayOf(item.due ?? today)))]) {
    const inWeek = later.filter((item) => mondayOf(item.due ?? today) === monday);
    weeks.push({
      id: `week-${monday}`,
      title: titleOf(monday),
      span: spanOf(monday, today, lastDue(inWeek)),
      items: inWeek,
    });
  }
  weeks.push({ id: 'any-time', title: 'Any time', span: '', items: of('whenever') });
  return weeks.filter((week) => week.items.length > 0);
}

/** How much of what the person does themselves is done: required tasks. */
export function progressOf(items: ListItem[]): { done: number; all: number } {
  const own = items.filter((item) => item.isOwn && !item.isGoal && !item.isOptional);
  return { done: own.filter((item) => item.turn === 'over').length, all: own.length };
}

/** What others prepare, and what is a goal: neither is a task of the person. */
export function othersOf(items: ListItem[]): { prepared: ListItem[]; goals: ListItem[]; done: ListItem[] } {
  return {
    prepared: items.filter((item) => !item.isOwn && !item.isGoal && item.turn !== 'over'),
    goals: items.filter((item) => item.isGoal && item.turn !== 'over'),
    done: items.filter((item) => item.turn === 'over' && !isIntroduction(item)),
  };
}
