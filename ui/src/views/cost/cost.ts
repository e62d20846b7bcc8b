//! How the Cost view shows what a month costs.

import { hueOf } from '../../lib/hue';
import { money, moneyInShort } from '../../lib/format';
import type { Tile } from '../../components/Treemap.svelte';
import type { CostPart, ShownAmount } from '../../ipc/client';

/** What to do where no bill was imported. */
export const IMPORT_HINT =
  'Import a bill: FOCUS, OpenCost or Kubecost, or the export of AWS, Azure, Google Cloud or OCI as a CSV file. Its rows are added up by month, account and label.';

/** `12.3 %`. */
export function percent(share: number): string {
  return `${share >= 9.95 || share === 0 ? Math.round(share) : share.toFixed(1)} %`;
}

export function exact(amount: ShownAmount | null | undefined): string {
  return amount ? money(amount.text) : '';
}

export function short(amount: ShownAmount): string {
  return moneyInShort(amount.value, amount.currency);
}

/** The change against the month before: `+4.2 %`; empty where there is none to compare with. */
export function change(now: ShownAmount, before: ShownAmount | null): string {
  if (!before || before.value <= 0) return '';
  const percent = Math.round((now.value / before.value - 1) * 1000) / 10;
  const sign = percent > 0 ? '+' : percent < 0 ? '−' : '±';
  return `${sign}${Math.abs(percent)} %`;
}

/** The parts of a month as areas. What is nobody's steps out of line, what is idle steps back. */
export function tilesOf(parts: CostPart[], hrefOf: (part: CostPart) => string): Tile[] {
  return parts.map((part) => ({
    id: part.id,
    title: part.title,
    words: `${exact(part.amount)} · ${percent(part.share)}`,
    amount: part.amount.value,
    href: hrefOf(part),
    ...(part.entity ? { ink: hueOf(part.entity.id) } : {}),
    ...(part.id === '-none' ? { ink: 'hue-2' } : {}),
    isBad: part.id === '-none' || part.note !== '',
  }));
}
