import { describe, expect, it } from 'vitest';
import { setKeyColumn, mapColumn, setTableLocation, type Profile } from './profile';

const headers = ['Id', 'Salary (EUR)', 'Salary (previous year)'];
const profile: Profile = {
  title: 'x',
  tables: [{ name: 'staff', rows: 'people', columns: { 'Salary (EUR)': 'pay', ID: 'person_id' }, key: 'Id' }],
};
const columns = (next: Profile) => next.tables[0]?.columns;

describe('the columns of a profile', () => {
  it('keeps what is matched with a column that is alike', () => {
    const next = mapColumn(profile, 0, 'Salary (previous year)', null, headers);
    expect(columns(next)).toEqual(profile.tables[0]?.columns);
    expect(columns(mapColumn(next, 0, 'Salary (EUR)', null, headers))).toEqual({ ID: 'person_id' });
  });

  it('gives up what the profile calls the same column in another spelling', () => {
    const next = setKeyColumn(profile, 0, 'Id', headers);
    expect(columns(next)).toEqual({ 'Salary (EUR)': 'pay' });
    expect(next.tables[0]?.key).toBe('Id');
  });

  it('looks for them anew on another sheet', () => {
    const table = setTableLocation(profile, 0, { sheet: 'May' }).tables[0];
    expect([table?.sheet, table?.columns, table?.key]).toEqual(['May', {}, undefined]);
  });
});
