import { describe, expect, it } from 'vitest';
import { answer, usualWorld, worlds, type World } from '../../../fixtures/world';
import { HttpApi } from '../api/client';
import type { Fairness, FairnessFigure, Finding } from '../api/types';
import { Formats } from '../text/format';
import { attributeOf, crossedWith, gapFindings, levelsOf, loadFairness, metricOf, orderedPairs, periodsOf, rateTracks, ratioPoints, settlesOn, verdictKey, widening } from './fairness';

const f = new Formats('en');

function shop(world: World = usualWorld) {
  return new HttpApi('/', null, (address) => {
    const url = new URL(address, 'http://x');
    return Promise.resolve(Response.json(answer(url.pathname.slice(1), url.searchParams, world)));
  });
}

async function told(attribute: string | null, stage: string | null, world?: World): Promise<Fairness> {
  const { answer: found } = await loadFairness(shop(world), attribute, stage);
  if (found === null) throw new Error('no answer');
  return found;
}

describe('what the page asks', () => {
  it('is by the attribute and the stage of the lead, among attributes of customers only', async () => {
    const data = await loadFairness(shop(), null, null);
    expect([data.attribute?.name, data.stage?.stage, data.answer?.stage]).toEqual(['age_group', 'click', 'click']);
    expect(data.attributes.map(({ name }) => name)).toEqual(['age_group', 'region', 'sustainability_preference']);
    const asked = await loadFairness(shop(), 'item_collection', 'purchase');
    expect([asked.attribute?.name, asked.stage?.stage]).toEqual(['age_group', 'purchase']);
  });

  it('is nothing before the first message', async () => {
    expect((await loadFairness(shop(worlds.empty), null, null)).answer).toBeNull();
    expect(attributeOf([], 'age_group', null)).toBeNull();
  });

  it('names groups that are too small, and has no figure of them', async () => {
    const data = await loadFairness(shop(worlds.small), 'region', 'click');
    expect(data.hidden).toEqual([null]);
    expect(data.answer?.attributes[0]?.groups.map(({ slice }) => slice.region)).toEqual(['North', 'South', 'West', 'East']);
  });

  it('takes findings about gaps of this attribute and stage alone', async () => {
    const [fell] = (await loadFairness(shop(), null, null)).check.findings;
    if (fell === undefined) throw new Error('no finding');
    const gap: Finding = { ...fell, id: 'a', kind: 'fairness_gap', against: { age_group: '35-44' } };
    const others: Finding[] = [{ ...gap, id: 'b', stage: 'purchase' }, { ...gap, id: 'c', slice: { region: 'North' } }];
    expect(gapFindings([fell, gap, ...others], 'click', 'age_group').map(({ id }) => id)).toEqual(['a']);
  });
});

describe('two groups beside each other', () => {
  it('begin with best against worst, then what the settings name', async () => {
    const pairs = orderedPairs(await told('age_group', 'click'), 'age_group');
    expect(pairs.map(({ chosen }) => chosen)).toEqual(['best_worst', 'named']);
    const answered = await told('age_group', 'click');
    expect(orderedPairs(answered, 'region')).toEqual([]);
    const twice = { ...answered, pairs: answered.pairs.map((pair) => ({ ...pair, slice: { age_group: '55+' }, against: { age_group: '16-24' } })) };
    expect(orderedPairs(twice, 'age_group').map(({ chosen }) => chosen)).toEqual(['best_worst']);
  });

  it('are drawn for every 10 of the other, as settled as the less settled of the two', async () => {
    const [, named] = orderedPairs(await told('age_group', 'click'), 'age_group');
    const points = ratioPoints(named?.weeks ?? [], f);
    expect(points.map(({ at }) => at.state)).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed', 'pending']);
    const [first, last] = [points[0]?.at, points[3]?.at];
    if (first?.state !== 'confirmed' || last?.state !== 'confirmed') throw new Error('not confirmed');
    // 28 against 27 in the first week; 15 in the fourth.
    expect(first.value).toBeCloseTo((28 / 27) * 10, 0);
    expect(last.value).toBeCloseTo((15 / 27) * 10, 0);
    expect(first.low).toBeLessThan(first.value);
    expect(points.map(({ x }, i) => x - (points[i - 1]?.x ?? x - 7))).toEqual([7, 7, 7, 7, 7]);
    const open = ratioPoints(orderedPairs(await told('age_group', 'click', worlds.ranges), 'age_group')[1]?.weeks ?? [], f);
    expect(open.at(-1)?.at.state).toBe('provisional');
  });

  it('leave out a settled week that has no ratio, and never call it open', async () => {
    const weeks = orderedPairs(await told('age_group', 'click'), 'age_group')[0]?.weeks ?? [];
    const none = weeks.map((week, i): FairnessFigure => (i === 1 ? { ...week, ratio: null } : week));
    expect(ratioPoints(none, f)).toHaveLength(weeks.length - 1);
  });

  it('have a track each, in 100', async () => {
    const weeks = orderedPairs(await told('age_group', 'click'), 'age_group')[1]?.weeks ?? [];
    const tracks = rateTracks(weeks, { group: '25–34', against: '35–44' }, f);
    expect(tracks.map(({ name, tone, points }) => [name, tone, points.length])).toEqual([['25–34', 'data', 5], ['35–44', 'second', 5]]);
    const at = tracks[1]?.points[0]?.at;
    expect(at?.state === 'confirmed' ? Math.round(at.value) : null).toBe(27);
  });
});

describe('what is said of a gap', () => {
  it('is wider when the group falls further behind, whichever way is worse', () => {
    expect(widening({ value: -0.12, low: -0.13, high: -0.11 }, false)).toEqual({ value: 0.12, low: 0.11, high: 0.13 });
    expect(widening({ value: 0.12, low: 0.11, high: 0.13 }, true)).toEqual({ value: 0.12, low: 0.11, high: 0.13 });
  });

  it('has the line of the convention where it belongs', async () => {
    const names = { noGap: 'no gap', limit: 'limit' };
    expect(levelsOf(await told('age_group', 'click'), names).map(({ value }) => value)).toEqual([10, 8]);
    expect(levelsOf(await told('age_group', 'return'), names).map(({ value }) => value)).toEqual([10, 12.5]);
    expect([verdictKey('below', false), verdictKey('may_be_below', true)]).toEqual(['ui.fairness.verdict.below', 'ui.fairness.worse.may_be_below']);
  });

  it('waits for the first days, and says from when on', async () => {
    const early = await told('age_group', 'click', worlds.young);
    expect(early.pairs[0]).toMatchObject({ reason: 'start_not_settled', first_on: '2026-11-06', weeks: [] });
    expect(early.now).toBeNull();
    expect(periodsOf(early, f)).toEqual({ start: '22–25 Oct', now: '22–25 Oct' });
    expect(periodsOf({ ...early, start: null }, f)).toEqual({ start: '', now: '' });
    expect(settlesOn(early.attributes[0]?.groups.map(metricOf) ?? [])).toBe('2026-11-06');
    expect(settlesOn([null])).toBeNull();
    const group = early.attributes[0]?.groups[0];
    expect(group === undefined ? null : metricOf(group)?.maturity).toBe(group?.start?.maturity);
  });

  it('says that too few groups had enough, without a day', async () => {
    expect((await told('age_group', 'click', worlds.small)).pairs.find(({ chosen }) => chosen === 'best_worst')).toMatchObject({ reason: 'too_few_groups', first_on: null });
  });

  it('of two attributes at once, only those with the chosen one', async () => {
    const answered = await told('age_group', 'click');
    expect(crossedWith(answered, 'region')).toHaveLength(2);
    expect(crossedWith(answered, 'sustainability_preference')).toEqual([]);
  });
});
