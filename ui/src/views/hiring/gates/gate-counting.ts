//! How the gates of planned hires count in what is shown, as the address has it.

import { address } from '../../../state/address.svelte';
import type { GateCounting } from '../../../ipc/client';

export const countings: { id: GateCounting; title: string; words: [string, string] }[] = [
  { id: 'as-planned', title: 'As planned', words: ['counts as planned', 'count as planned'] },
  {
    id: 'as-they-stand',
    title: 'As gates stand',
    words: [
      'counts from the earliest day on which its gate could be met',
      'count from the earliest day on which their gates could be met',
    ],
  },
  {
    id: 'trend',
    title: 'At the trend',
    words: [
      'counts from the day to which the trend of its figures leads',
      'count from the day to which the trend of their figures leads',
    ],
  },
];

/** The choice in the address; `usual` is that of the tab. */
export function gateCounting(usual: GateCounting): GateCounting {
  return countings.find(({ id }) => id === address.parameters.gates)?.id ?? usual;
}

export function setGateCounting(counting: GateCounting, usual: GateCounting) {
  address.set({ gates: counting === usual ? undefined : counting }, true);
}
