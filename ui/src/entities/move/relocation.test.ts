import { describe, expect, it } from 'vitest';
import { destinations, LEAVES, outcomeOf } from './relocation';

const row = (name: string) => ({ name, people: 1, positions: 0 });

describe('destinations', () => {
  const form = { locations: [row('Oslo'), row('Remote'), row('Bergen')], remote: 'Remote' };

  it('are the other locations, and remote last', () => {
    expect(destinations(form, 'oslo', '').map((it) => it.to)).toEqual(['Bergen', 'Remote']);
  });

  it('have what is typed once', () => {
    const names = (typed: string) => destinations(form, 'Oslo', typed).map((it) => it.to);
    expect(names(' Tromsø ')).toEqual(['Bergen', 'Tromsø', 'Remote']);
    expect(names('bergen')).toEqual(['Bergen', 'Remote']);
    expect(names('OSLO')).toEqual(['Bergen', 'Remote']);
    expect(names('remote')).toEqual(['Bergen', 'Remote']);
  });

  it('have no remote where that is what is closed', () => {
    const closed = { ...form, remote: null };
    expect(destinations(closed, 'Remote', '').map((it) => it.to)).toEqual(['Oslo', 'Bergen']);
  });
});

describe('outcomeOf', () => {
  it('has no location for whoever leaves', () => {
    expect([outcomeOf(LEAVES), outcomeOf('Bergen')]).toEqual([null, 'Bergen']);
  });
});
