import { describe, expect, it } from 'vitest';
import { addressOf, home, parseRoute } from './route';

const parse = (address: string, base = '/') => {
  const url = new URL(address, 'http://x');
  return parseRoute(base, url.pathname, url.search);
};

describe('addresses', () => {
  it('hold everything that a page shows', () => {
    const route = { page: 'group', language: 'de', asOf: '2026-11-14', stage: 'purchase', attribute: 'region', slice: { age_group: '25-34', device: null }, change: -12.5, days: 7, drill: '12' } as const;
    expect(parse(addressOf('/', route))).toEqual(route);
  });

  it('survive values with any character', () => {
    const slice = { 'a:b%': 'x & y=z: "ä" 100%', plain: '' };
    expect(parse(addressOf('/', { ...home, page: 'group', slice })).slice).toEqual(slice);
  });

  it('leave out of a drill what it cannot be', () => {
    const route = parse('/drill?change=-99&days=0&drill=x');
    expect([route.page, route.change, route.days, route.drill]).toEqual(['drill', null, null, null]);
    expect(['0', '', 'lots', '401', 'NaN'].map((change) => parse(`/drill?change=${change}`).change)).toEqual(Array(5).fill(null));
    expect(parse('/drill?change=400&days=60')).toMatchObject({ change: 400, days: 60 });
    expect(['61', '2.5', ''].map((days) => parse(`/drill?days=${days}`).days)).toEqual([null, null, null]);
  });

  it('work below a prefix', () => {
    expect(addressOf('/shop/', { ...home, page: 'groups' })).toBe('/shop/groups');
    expect(parse('/shop/groups', '/shop/').page).toBe('groups');
    expect(parse('/shop/', '/shop/').page).toBe('overview');
  });

  it('say so when there is no such page, and ignore what is no day or language', () => {
    expect(parse('/nowhere').page).toBeNull();
    const route = parse('/?as_of=2026-02-30&lang=fr');
    expect([route.asOf, route.language]).toEqual([null, null]);
  });
});
