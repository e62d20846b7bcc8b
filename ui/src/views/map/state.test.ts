import { expect, test } from 'vitest';
import { mapOf } from '../../entities/map-address';
import { scopeOf, stateOf, toggled, togetherText } from './state';

test('an address without anything is the map of the teams', () => {
  const state = stateOf({});
  expect(state.shown).toBe('teams');
  expect(state.query.together).toBeNull();
  expect(state.colour).toBe('findings');
});

test('kinds are hidden and shown again, those without a kind too', () => {
  const hidden = stateOf({ hide: toggled({ kinds: ['library'], missing: false }, '') }).query.hide;
  expect(hidden.kinds).toEqual(['library', '']);
  expect(toggled(toggled_(hidden, ''), 'library')).toBeUndefined();
});

const toggled_ = (hide: { kinds: string[]; missing: boolean }, kind: string) =>
  stateOf({ hide: toggled(hide, kind) }).query.hide;

test('no team put together is something else than nothing said about it', () => {
  expect(stateOf({ together: togetherText([]) }).query.together).toEqual([]);
  expect(stateOf({ together: togetherText([3, 9]) }).query.together).toEqual([3, 9]);
});

test('what cannot be is read as usual', () => {
  const { query } = stateOf({ picture: 'around', of: 'service:x', up: '99', down: '-1' });
  expect([query.of, query.up, query.down]).toEqual([null, 1, 2]);
});

test('an edit or another day leaves the scope alone, another subject does not', () => {
  const at = { ...mapOf({ kind: 'service', id: 7 }), day: '2027-01-01' };
  expect(scopeOf(stateOf({ ...at, hide: 'library', colour: 'tier', day: undefined }))).toBe(
    scopeOf(stateOf(at)),
  );
  expect(scopeOf(stateOf({ ...at, of: 'service:8' }))).not.toBe(scopeOf(stateOf(at)));
});

test('a scenario is shown against the plan only where one is shown, and its parts are one map', () => {
  const scopes = ['before', 'after', 'both'].map((against) => {
    const state = stateOf({ scenario: 'split', against });
    expect(state.query.against).toBe(against);
    return scopeOf(state);
  });
  expect(new Set(scopes).size).toBe(1);
  expect(scopes[0]).not.toBe(scopeOf(stateOf({ scenario: 'split' })));
  expect(stateOf({ against: 'both' }).query.against).toBeNull();
  expect(stateOf({ scenario: 'split', against: 'sideways' }).query.against).toBeNull();
});
