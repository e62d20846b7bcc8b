import { describe, expect, it } from 'vitest';
import type { ListItem, Turn } from '../../../ipc/client';
import { groupsOf, itemKey, sizeOf } from './groups';

function item(title: string, turn: Turn, change: Partial<ListItem> = {}): ListItem {
  return {
    id: 1,
    generated: '',
    title,
    turn,
    isOwn: true,
    isGoal: false,
    isOptional: false,
    ...change,
  } as ListItem;
}

describe('the groups of a list', () => {
  it('keeps own tasks, goals and what others owe apart', () => {
    const groups = groupsOf([
      item('badge', 'over', { isOwn: false }),
      item('laptop', 'late', { isOwn: false }),
      item('hello', 'today'),
      item('read', 'later'),
      item('knows whom to ask', 'later', { isGoal: true }),
    ]);
    expect(groups.map((group) => [group.id, group.items.map((one) => one.title)])).toEqual([
      ['today', ['hello']],
      ['later', ['read']],
      ['owed', ['laptop']],
      ['goals', ['knows whom to ask']],
      ['over', ['badge']],
    ]);
  });

  it('knows an item that is no row yet by what it stands for', () => {
    expect(itemKey(item('learn', 'later', { id: null, generated: 'learn:7' }))).toBe('learn:7');
    expect(itemKey(item('hello', 'today', { id: 12 }))).toBe('12');
  });

  it('counts in its groups what the whole list counts, and the rest by name', () => {
    const groups = groupsOf([
      item('laptop', 'late', { isOwn: false }),
      item('hello', 'today'),
      item('meet Bo', 'whenever', { isOptional: true }),
      item('badge', 'over'),
      item('read', 'over', { isOptional: true }),
      item('knows whom to ask', 'over', { isGoal: true }),
    ]);
    expect(groups.map((group) => [group.id, sizeOf(group)])).toEqual([
      ['today', '1'],
      ['owed', '1'],
      ['optional', '1'],
      ['over', '1 · 1 optional · 1 goal'],
    ]);
  });
});
