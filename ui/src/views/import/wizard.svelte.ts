//! An import from the choice of files to the changes: what is chosen, what was read, and what it would change.

import { act, session } from '../../state/session.svelte';
import { count } from '../../lib/format';
import {
  commands,
  type Choose,
  type HistoryChange,
  type ImportPreview,
  type ImportStage,
  type NamedEntity,
  type SheetPreviewView,
  type UnresolvedRow,
} from '../../ipc/client';
import type { Profile } from './profile';

/** A name in the files, and what it really is. */
export interface Meaning {
  name: string;
  entity: NamedEntity;
}

/** Progress shows once it takes longer than a moment. */
const PATIENCE_MS = 200;
const FIRST_CHANGES = 50;
const MORE_CHANGES = 200;

export class Wizard {
  sources = $state.raw<string[]>([]);
  format = $state('');
  depth = $state(2);
  isComplete = $state(false);
  /** What tables of figures don't say themselves. */
  notation = $state({ decimal: '', dates: '', currency: '' });
  meanings = $state.raw<Meaning[]>([]);
  /** What the columns of tables are, when the sources are tables. */
  sheet = $state.raw<SheetPreviewView | null>(null);
  profile = $state.raw<Profile | null>(null);
  /** The profile that holds as it is; none once a column was changed. */
  profileName = $state('');
  /** The former one stays until the next is there. */
  preview = $state.raw<ImportPreview | null>(null);
  changes = $state.raw<HistoryChange[]>([]);
  problem = $state('');
  done = $state('');
  isBusy = $state(false);
  isSlow = $state(false);
  stage = $state<ImportStage>('reading');
  seconds = $state(0);
  /** Goes up with every preview: lists ask again. */
  previews = $state(0);

  /** What was asked before the newest question is dropped. */
  #turn = 0;
  #slow = 0;
  #clock = 0;

  get hasNothing(): boolean {
    return this.preview !== null && this.preview.changes === 0;
  }

  get canApply(): boolean {
    return this.preview !== null && !this.hasNothing && !this.isBusy && !session.isReadOnly;
  }

  async choose(what: Choose): Promise<void> {
    const chosen = await commands.choose(what, '');
    if (chosen.length === 0) return;
    this.#forget();
    this.sources = chosen;
    await this.look();
  }

  /** Matches the columns in another way. */
  async match(next: Profile, name = ''): Promise<void> {
    this.profile = next;
    this.profileName = name;
    await this.look();
  }

  async useProfile(name: string): Promise<void> {
    const answer = await commands.sheetProfile(name);
    if (answer.status === 'ok') await this.match(JSON.parse(answer.data) as Profile, name);
    else this.problem = answer.error.message;
  }

  /** Keeps the choices in the plan; why not, if not. */
  async saveProfile(name: string): Promise<string> {
    const answer = await act(commands.sheetSaveProfile(name, JSON.stringify(this.profile)), 'Profile saved');
    if (answer.status === 'error') return answer.error.message;
    this.profileName = name.trim();
    // The plan has changed, so that the import has to be looked at again.
    await this.look();
    return '';
  }

  async mean(name: UnresolvedRow, entity: NamedEntity): Promise<void> {
    this.meanings = [...this.meanings, { name: name.key, entity }];
    await this.look();
  }

  async forget(meaning: Meaning): Promise<void> {
    this.meanings = this.meanings.filter((other) => other !== meaning);
    await this.look();
  }

  /** Reads the files and says what they would change. A later question has the answer of this one dropped. */
  async look(): Promise<void> {
    if (this.sources.length === 0) return;
    const turn = ++this.#turn;
    this.problem = '';
    this.#begin();
    try {
      if ((await this.#lookAtColumns(turn)) && turn === this.#turn) await this.#lookAtChanges(turn);
    } finally {
      if (turn === this.#turn) this.#end();
    }
  }

  /** Looks at the columns, when the sources are tables; whether there is anything to go on with. */
  async #lookAtColumns(turn: number): Promise<boolean> {
    if (this.format !== '' && this.format !== 'sheet') {
      this.sheet = this.profile = null;
      return true;
    }
    const text = this.profile && JSON.stringify(this.profile);
    const answer = await commands.sheetPreview(this.sources, text, this.format === 'sheet');
    if (turn !== this.#turn) return false;
    if (answer.status === 'error') {
      this.problem = answer.error.message;
      this.preview = null;
      return false;
    }
    this.sheet = answer.data;
    if (answer.data) {
      this.profile = JSON.parse(answer.data.profile) as Profile;
      this.profileName ||= answer.data.recognised ?? '';
      this.format = 'sheet';
    }
    return true;
  }

  async #lookAtChanges(turn: number): Promise<void> {
    const answer = await commands.importPreview({
      sources: this.sources,
      format: this.format || null,
      depth: this.depth,
      isComplete: this.isComplete,
      names: this.meanings.map(({ name, entity }) => ({ name, kind: entity.kind, id: entity.id })),
      profile: this.profile && JSON.stringify(this.profile),
      notation: this.notation,
    });
    if (turn !== this.#turn) return;
    if (answer.status === 'error') {
      this.preview = null;
      if (answer.error.kind !== 'cancelled') this.problem = answer.error.message;
      return;
    }
    const first = await commands.importChanges(0, FIRST_CHANGES);
    if (turn !== this.#turn) return;
    this.preview = answer.data;
    this.changes = first.status === 'ok' ? first.data.changes : [];
    this.previews += 1;
    if (answer.data.format) this.format = answer.data.format;
  }

  async more(): Promise<void> {
    const turn = this.#turn;
    const next = await commands.importChanges(this.changes.length, MORE_CHANGES);
    if (next.status === 'ok' && turn === this.#turn) this.changes = [...this.changes, ...next.data.changes];
  }

  async apply(): Promise<void> {
    const turn = ++this.#turn;
    this.#begin();
    const answer = await act(commands.importApply(), 'Imported');
    if (turn === this.#turn) this.#end();
    if (answer.status === 'ok') {
      this.#forget();
      this.done = `Imported ${count(answer.data, 'change')}. You can undo this in one step; a backup was saved.`;
    } else if (answer.error.kind === 'stale' || answer.error.kind === 'conflict') {
      await this.look();
    }
  }

  /** Lets go of everything that was chosen and read. */
  async cancel(): Promise<void> {
    this.#turn += 1;
    this.#end();
    this.#forget();
    await commands.importCancel();
  }

  /** The page goes: what is being read is not waited for. */
  leave(): void {
    this.#turn += 1;
    this.#end();
    void commands.importCancel();
  }

  #forget() {
    this.sources = [];
    this.format = this.profileName = this.problem = this.done = '';
    this.notation = { decimal: '', dates: '', currency: '' };
    this.meanings = [];
    this.changes = [];
    this.sheet = this.profile = this.preview = null;
  }

  #begin() {
    this.#end();
    this.isBusy = true;
    this.stage = 'reading';
    this.seconds = 0;
    this.#slow = window.setTimeout(() => (this.isSlow = true), PATIENCE_MS);
    this.#clock = window.setInterval(() => (this.seconds += 1), 1000);
  }

  #end() {
    window.clearTimeout(this.#slow);
    window.clearInterval(this.#clock);
    this.isBusy = this.isSlow = false;
  }
}
