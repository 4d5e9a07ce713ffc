// The pages' questions against the invented shop: what is asked, and what is concluded.
import { describe, expect, it } from 'vitest';
import { answer, usualWorld, type World } from '../../../fixtures/world';
import { HttpApi } from '../api/client';
import { loadGroup } from './group';
import { loadGroups, verdictOfRow } from './groups';
import { loadOverview } from './overview';

function shop(world: World = usualWorld, asOf: string | null = null) {
  return new HttpApi('/', asOf, (address) => {
    const url = new URL(address, 'http://x');
    return Promise.resolve(Response.json(answer(url.pathname.slice(1), url.searchParams, world)));
  });
}

describe('the overview', () => {
  it('leads with the group that fell, beside the others of its attribute', async () => {
    const { lead, leadLines } = await loadOverview(shop());
    expect(lead?.slice).toEqual({ age_group: '25-34' });
    expect(leadLines?.focus.slice).toEqual({ age_group: '25-34' });
    expect(leadLines?.others.map((line) => line.slice.age_group)).toEqual(['16-24', '35-44', '45-54', '55+']);
  });

  it('gives each stage its confirmed week, what is usual and what is open', async () => {
    const [click, purchase, sentBack] = (await loadOverview(shop())).cards;
    expect(click?.week).toMatchObject({ from: '2026-11-13', to: '2026-11-19', figure: { maturity: 'confirmed' } });
    expect(click?.usual).toMatchObject({ from: '2026-10-22', to: '2026-11-09' });
    expect(click?.open).toMatchObject({ from: '2026-11-20', to: '2026-11-20', figure: { maturity: 'pending' } });
    expect(purchase?.week).toMatchObject({ from: '2026-10-31', to: '2026-11-06' });
    expect(purchase?.usual).toBeNull();
    expect([sentBack?.week, sentBack?.open?.figure.maturity]).toEqual([null, 'pending']);
  });

  it('compares every group before the change and since', async () => {
    const { gap } = await loadOverview(shop());
    expect(gap?.since).toBe('2026-11-11');
    const row = gap?.rows.find(({ slice }) => slice.age_group === '25-34');
    expect(row?.before).toMatchObject({ from: '2026-10-22', to: '2026-11-09' });
    expect(row?.after).toMatchObject({ from: '2026-11-12', to: '2026-11-19' });
  });

  it('leads with nothing where nothing stands out, and still compares groups', async () => {
    const { lead, leadLines, gap } = await loadOverview(shop({ ...usualWorld, drop: false }));
    expect([lead, leadLines]).toEqual([null, null]);
    expect(gap).toMatchObject({ attribute: 'age_group', since: null });
    expect(gap?.rows).toHaveLength(5);
  });

  it('knows less when it looks from an earlier day', async () => {
    const { check, cards } = await loadOverview(shop(usualWorld, '2026-11-05'));
    expect(check.as_of).toBe('2026-11-05');
    expect(cards[0]?.week?.to).toBe('2026-11-04');
  });
});

describe('the groups of an attribute', () => {
  it('default to the attribute and the stage of the lead', async () => {
    const data = await loadGroups(shop(), null, null);
    expect([data.attribute?.name, data.stage?.stage, data.since]).toEqual(['age_group', 'click', '2026-11-11']);
    expect(data.rows).toHaveLength(5);
    expect(data.findings).toHaveLength(1);
  });

  it('hide the values with too few recommendations', async () => {
    const data = await loadGroups(shop({ ...usualWorld, perDay: 50 }), 'region', 'click');
    expect(data.hidden).toEqual([null]);
    expect(data.rows.map(({ slice }) => slice.region)).toEqual(['North', 'South', 'West', 'East']);
  });

  it('are not cut at a day that is not confirmed for the stage', async () => {
    const data = await loadGroups(shop(), 'age_group', 'purchase');
    expect(data.since).toBeNull();
    expect(data.rows[0]?.before).toBeNull();
    expect(data.rows[0]?.after).toMatchObject({ from: '2026-10-22', to: '2026-11-06' });
  });
});

describe('the verdict on a row', () => {
  it('is open while no day is confirmed, whatever the findings leave out', async () => {
    const sentBack = await loadGroups(shop(), 'age_group', 'return');
    expect(sentBack.rows.map((row) => verdictOfRow(sentBack.check.findings, 'return', row))).toEqual(Array(5).fill('unknown'));
    const clicks = await loadGroups(shop(), 'age_group', 'click');
    expect(clicks.rows.map((row) => verdictOfRow(clicks.check.findings, 'click', row))).toEqual(['usual', 'fell', 'usual', 'usual', 'usual']);
  });
});

describe("a group's page", () => {
  it('shows the group before and since, its neighbours, its parts and the later stages', async () => {
    const data = await loadGroup(shop(), { age_group: '25-34' }, null, null);
    expect(data?.finding?.id).toBe('3f9a1c04be21');
    expect(data?.own.before?.to).toBe('2026-11-09');
    expect(data?.own.after?.from).toBe('2026-11-12');
    expect(data?.neighbours).toHaveLength(5);
    expect(data?.inside?.rows.map(({ slice }) => slice)).toContainEqual({ age_group: '25-34', region: 'North' });
    expect(data?.later.map(({ stage }) => stage.stage)).toEqual(['purchase', 'return']);
    expect(data?.share).toBeCloseTo(0.24, 6);
  });

  it('of a group as usual has no finding and no cut', async () => {
    const data = await loadGroup(shop(), { region: 'North' }, null, 'age_group');
    expect([data?.finding, data?.since]).toEqual([null, null]);
    expect(data?.own.before).toBeNull();
    expect(data?.own.after).toMatchObject({ from: '2026-10-22', to: '2026-11-19' });
    expect(data?.inside?.attribute).toBe('age_group');
  });

  it('of two attributes compares within the second', async () => {
    const data = await loadGroup(shop(), { age_group: '25-34', region: 'North' }, null, null);
    expect(data?.lines?.others.map(({ slice }) => slice)).toContainEqual({ age_group: '16-24', region: 'North' });
    expect(data?.share).toBeNull();
    expect([data?.insideChoices, data?.inside]).toEqual([[], null]);
  });
});
