import { describe, expect, it } from 'vitest';
import { addressOf, home, parseRoute } from './route';

const parse = (address: string, base = '/') => {
  const url = new URL(address, 'http://x');
  return parseRoute(base, url.pathname, url.search);
};

describe('addresses', () => {
  it('hold everything that a page shows', () => {
    const route = { page: 'group', language: 'de', asOf: '2026-11-14', stage: 'purchase', attribute: 'region', slice: { age_group: '25-34', device: null } } as const;
    expect(parse(addressOf('/', route))).toEqual(route);
  });

  it('survive values with any character', () => {
    const slice = { 'a:b%': 'x & y=z: "ä" 100%', plain: '' };
    expect(parse(addressOf('/', { ...home, page: 'group', slice })).slice).toEqual(slice);
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
