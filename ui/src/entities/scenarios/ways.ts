//! What can be done with a scenario, from wherever it is done.

import { commands, type Rebased } from '../../ipc/client';
import { count } from '../../lib/format';
import { address } from '../../state/address.svelte';
import { notices } from '../../state/notices.svelte';
import { act, session, undo } from '../../state/session.svelte';

interface Scenario {
  id: number;
  key: string;
  name: string;
}

/** Takes what the plan has done since into a scenario, and says what came of it. */
export async function takeIn(scenario: Scenario): Promise<void> {
  const answer = await act(commands.rebaseScenario(scenario.id));
  if (answer.status === 'ok') tell(scenario, answer.data);
}

function tell(scenario: Scenario, { changeCount, conflictCount }: Rebased): void {
  if (conflictCount === 0) {
    // What was done in another scenario is undone there.
    const isShown = session.scenario === scenario.key;
    const told = `${scenario.name} has taken in ${count(changeCount, 'change')} of the plan`;
    notices.say(told, isShown ? { label: 'Undo', run: undo } : undefined);
    return;
  }
  notices.tell(
    `${scenario.name} has taken in the plan’s changes. ${count(conflictCount, 'conflict')}: it keeps what it has until you decide`,
    { label: 'Decide…', run: () => address.go('history', { scenario: scenario.key, part: 'conflicts' }) },
  );
}

/** Opens a scenario again that was dropped. */
export async function reopen(scenario: Scenario): Promise<void> {
  await act(commands.decideScenario(scenario.id, 'open', ''), `Opened ${scenario.name} again`);
}
