//! Rows of a long list, asked for a page at a time as they come into sight.

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
  let turn = 0;
  let inSight = { from: 0, to: PAGE - 1 };
  let asked = new Map<number, Promise<void>>();

  function load(page: number, isFresh = false): Promise<void> {
    const known = asked.get(page);
    if (known) return known;
    const mine = turn;
    const loading = question(page * PAGE, PAGE).then((answer) => {
      if (mine !== turn) return;
      isWaiting = false;
      if (typeof answer === 'string') {
        problem = answer;
        return;
      }
      problem = undefined;
      total = answer.total;
      pages = new Map(isFresh ? [] : pages).set(page, answer.rows);
    });
    asked.set(page, loading);
    return loading;
  }

  $effect(() => {
    watched();
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
