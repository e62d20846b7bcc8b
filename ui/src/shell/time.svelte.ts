//! The date slider: which days it covers, where its marks are, and the clock that plays it.

import { requests } from '../lib/request-coalescing.svelte';
import type { TimeMark } from '../ipc/client';
import { adjacentMarkedDay } from './slider-marks';
import { session } from '../state/session.svelte';
import { count, daysAfter, daysBetween, monthsAfter } from '../lib/format';

/** What the line spans, in days around today. */
export const BACK = 365;
export const AHEAD = 550;

/** How fast the days go by. */
export const SPEEDS = [
  { id: 'week', title: '1 week/s', days: 7 },
  { id: 'month', title: '1 month/s', days: 30 },
  { id: 'quarter', title: '1 quarter/s', days: 91 },
] as const;
/** Whoever wants little motion sees one picture in so many milliseconds, a second's worth of days apart. */
const CALM_MS = 1000;
/** How many days are worked out ahead. */
const FORESEEN = 3;

class Time {
  marks = $state.raw<TimeMark[]>([]);
  speed = $state<(typeof SPEEDS)[number]['id']>('month');
  isPlaying = $state(false);

  // The frame is another one on each day; today is not.
  today = $derived(session.frame?.today ?? '');

  /** Days from the first of the line, within it. */
  offset(day: string): number {
    return Math.min(BACK + AHEAD, Math.max(0, daysBetween(this.today, day) + BACK));
  }

  dayAt(offset: number): string {
    return daysAfter(this.today, offset - BACK);
  }

  /** Another day than today is shown. */
  get isElsewhere(): boolean {
    return session.shownDay !== this.today;
  }

  /** `3 days ahead`, `1 day ago`. */
  get distance(): string {
    const days = daysBetween(this.today, session.shownDay);
    return `${count(Math.abs(days), 'day')} ${days > 0 ? 'ahead' : 'ago'}`;
  }

  toToday(): void {
    this.pause();
    session.setDay(null);
  }

  /** Goes some days on or back, and stays. */
  step(days: number): void {
    this.pause();
    session.setDay(daysAfter(session.shownDay, days));
  }

  /** The same day of a month before or after; the last of it where there is none. */
  stepMonth(months: number): void {
    this.pause();
    session.setDay(monthsAfter(session.shownDay, months));
  }

  /** Goes to the next day on which a gap opens or closes, or to the last one. */
  jump(direction: 1 | -1): void {
    this.pause();
    const day = adjacentMarkedDay(this.marks, session.shownDay, direction);
    if (day) session.setDay(day);
  }

  canJump(direction: 1 | -1): boolean {
    return adjacentMarkedDay(this.marks, session.shownDay, direction) !== undefined;
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.#play();
  }

  pause(): void {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    session.setDay(session.shownDay);
  }

  #play(): void {
    const end = BACK + AHEAD;
    // At the end of the line it starts from today.
    let at = this.offset(session.shownDay) >= end ? BACK : this.offset(session.shownDay);
    this.isPlaying = true;
    let last: number | null = null;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const frame = async (now: number) => {
      if (!this.isPlaying) return;
      const days = SPEEDS.find((speed) => speed.id === this.speed)!.days;
      const passed = last === null ? 0 : now - last;
      if (last === null || (isCalm && passed >= CALM_MS)) last = now;
      if (isCalm ? passed >= CALM_MS : passed > 0) {
        // A slow picture slows the days down rather than leaving some out.
        at = Math.min(end, at + (isCalm ? days : (Math.min(passed, 100) / 1000) * days));
        last = now;
        const day = this.dayAt(Math.floor(at));
        if (day !== session.shownDay) {
          session.passDay(day);
          await requests.settled();
        }
        if (at >= end) return this.pause();
      }
      requestAnimationFrame((next) => void frame(next));
    };
    requestAnimationFrame((now) => void frame(now));
  }

  /** Has the days worked out that a step, a jump or the clock would show next. */
  foresee(): void {
    const ahead: string[] = [];
    let day = session.shownDay;
    for (let found = 0; found < FORESEEN; found += 1) {
      const next = adjacentMarkedDay(this.marks, day, 1);
      if (!next) break;
      ahead.push((day = next));
    }
    const before = adjacentMarkedDay(this.marks, session.shownDay, -1);
    if (before) ahead.splice(1, 0, before);
    if (ahead.length > 0) session.lookAhead(ahead);
  }
}

export const time = new Time();
