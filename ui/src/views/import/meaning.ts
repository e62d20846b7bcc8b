import type { Named } from '../../ipc/client';

/** A name in the files, and what it really is. */
export interface Meaning {
  name: string;
  entity: Named;
}
