//! What the part shows, as the address says it: the page, the team, how many months.

import { address } from '../../../state/address.svelte';
import type { GateCounting } from '../../../ipc/client';
import { gateCounting } from '../gates/gate-counting';

export const pages = [
  ['', 'Monthly plan'],
  ['chance', 'Simulation'],
  ['recruiting', 'Recruiting'],
  ['layers', 'Span of control'],
] as const;

export type Page = (typeof pages)[number][0];

export const lengths = [6, 12, 18, 24, 36, 60] as const;

export const choice = {
  get page(): Page {
    return pages.find(([id]) => id === address.parameters.show)?.[0] ?? '';
  },
  get team(): number | null {
    return wholeNumber(address.parameters.team);
  },
  get months(): number {
    const asked = wholeNumber(address.parameters.months);
    return asked && asked <= 120 ? asked : 12;
  },
  get gates(): GateCounting {
    return gateCounting('as-planned');
  },
  get runs(): number {
    return wholeNumber(address.parameters.runs) ?? 10_000;
  },
  get seed(): number {
    return wholeNumber(address.parameters.seed) ?? 1;
  },
  get replacesLeavers(): boolean {
    return address.parameters.replace === 'yes';
  },
};

/** A number as somebody types it: `10 000`, `10,000`; null where it is none above zero. */
export function wholeNumber(text: string | undefined): number | null {
  const digits = (text ?? '').replaceAll(/[\s,']/g, '');
  return /^\d{1,9}$/.test(digits) && Number(digits) > 0 ? Number(digits) : null;
}
