//! Rows of a long list, asked for a page at a time as they come into sight.

import { tick, untrack } from 'svelte';
import { requests } from '../lib/request-coalescing.svelte';
import { reconcileRows } from './reconcile-rows';

const PAGE = 100;

export interface Stretch<T> {
  total: number;
  rows: T[];
}

export interface RowSource<T> {
  readonly total: number;
  /** Set when the rows could not be had. */
  readonly problem: string | undefined;
  /** True until the first answer. */
  readonly isWaiting: boolean;
  at(index: number): T | undefined;
  /** Says which rows are in sight; resolves when they are there. */
  show(from: number, to: number): Promise<void>;
}

/**
 * Rows answered by `question`. Whatever reactive state `question` reads, or `watched` reads, makes it ask again; the
 * former rows stay until the new ones are there. Call while a component is being made.
 */
export function rowsOf<T>(
  question: (offset: number, limit: number) => Promise<Stretch<T> | string>,
  watched: () => unknown = () => undefined,
): RowSource<T> {
  let pages = $state.raw(new Map<number, T[]>());
  let total = $state(0);
  let problem = $state<string>();
  let isWaiting = $state(true);
  let again = $state(0);
  let turn = 0;
  let open = 0;
  let isPassed = false;
  let inSight = { from: 0, to: PAGE - 1 };
  let asked = new Map<number, Promise<void>>();

  function load(page: number, isFresh = false): Promise<void> {
    const known = asked.get(page);
    if (known) return known;
    const mine = turn;
    open += 1;
    requests.begin();
    const loading = question(page * PAGE, PAGE).then((answer) => {
      if (mine === turn) take(answer, page, isFresh);
      answered();
    });
    asked.set(page, loading);
    return loading;
  }

  function take(answer: Stretch<T> | string, page: number, isFresh: boolean) {
    isWaiting = false;
    if (typeof answer === 'string') {
      problem = answer;
      return;
    }
    problem = undefined;
    total = answer.total;
    const rows = reconcileRows(pages.get(page) ?? [], answer.rows);
    pages = new Map(isFresh ? [] : pages).set(page, rows);
  }

  function answered() {
    open -= 1;
    if (!isPassed || open > 0) {
      requests.end();
      return;
    }
    isPassed = false;
    again += 1;
    // Counted as open until the effect has asked again.
    void tick().then(() => requests.end());
  }

  $effect(() => {
    watched();
    void again;
    if (open > 0 && untrack(() => requests.isCoalescing)) {
      isPassed = true;
      return;
    }
    turn += 1;
    asked = new Map();
    const first = Math.floor(inSight.from / PAGE);
    const last = Math.floor(inSight.to / PAGE);
    void load(first, true).then(() => {
      for (let page = first + 1; page <= last && page * PAGE < total; page += 1) void load(page);
    });
  });

  return {
    get total() {
      return total;
    },
    get problem() {
      return problem;
    },
    get isWaiting() {
      return isWaiting;
    },
    at: (index) => pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    async show(from, to) {
      inSight = { from, to };
      const wanted = [];
      for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page += 1) {
        if (page * PAGE < total && !pages.has(page)) wanted.push(load(page));
      }
      await Promise.all(wanted);
    },
  };
}
