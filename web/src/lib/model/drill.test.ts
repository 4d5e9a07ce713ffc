import { describe, expect, it } from 'vitest';
import { drillOf } from '../../../fixtures/drills';
import { answer } from '../../../fixtures/world';
import type { CheckReport, DrillAnswer, SegmentList } from '../api/types';
import { home } from '../route';
import { translator } from '../text/texts';
import { askedSize, choicesFor, followDrill, isAbout, requestOf, settingsOf, stagesToTry, withAttribute } from './drill';
import { GroupNames } from './names';

const check = answer('check', new URLSearchParams()) as CheckReport;
const segments = answer('segments', new URLSearchParams()) as SegmentList;
const names = new GroupNames(segments, 'en', translator('en'));

describe('what is tried', () => {
  it('is what the address says, and the usual where it says nothing', () => {
    expect(settingsOf(home, check)).toEqual({ stage: 'click', slice: {}, percent: -25, days: 10, asOf: null });
    const asked = { ...home, stage: 'purchase', slice: { region: null }, change: 12.5, days: 3, asOf: '2026-11-14' };
    const settings = settingsOf(asked, check);
    expect(settings).toEqual({ stage: 'purchase', slice: { region: null }, percent: 12.5, days: 3, asOf: '2026-11-14' });
    expect(settings && requestOf(settings)).toEqual({ stage: 'purchase', slice: { region: null }, change: 0.125, days: 3, as_of: '2026-11-14' });
  });

  it('is sent in as few decimals as it was written', () => {
    const changes = [-7, 29, -12.5, 115].map((change) => requestOf({ stage: 'click', slice: {}, percent: change, days: 10, asOf: null }).change);
    expect(changes).toEqual([-0.07, 0.29, -0.125, 1.15]);
  });

  it('is only a stage of which it is known when the answers came', () => {
    const timeless = { ...check, stages: check.stages.map((stage) => ({ ...stage, has_outcome_times: stage.stage === 'purchase' })) };
    expect(stagesToTry(timeless).map(({ stage }) => stage)).toEqual(['purchase']);
    expect(settingsOf({ ...home, stage: 'click' }, timeless)?.stage).toBe('purchase');
    expect(settingsOf(home, { ...check, stages: check.stages.map((stage) => ({ ...stage, given: false })) })).toBeNull();
  });

  it('knows its own answer from that of other settings', () => {
    const settings = { stage: 'click', slice: { age_group: '35-44' }, percent: -25, days: 10, asOf: null };
    const result = drillOf(requestOf(settings), '2026-11-20');
    expect(isAbout(result, settings)).toBe(true);
    expect(askedSize(result)?.change).toBe(-0.25);
    for (const other of [{ percent: 25 }, { days: 9 }, { slice: {} }, { stage: 'purchase' }, { asOf: '2026-11-19' }]) {
      expect(isAbout(result, { ...settings, ...other })).toBe(false);
    }
  });
});

describe('the group', () => {
  it('is chosen by its conditions, no attribute twice, no value too small to be shown', () => {
    const small = answer('segments', new URLSearchParams(), { asOf: '2026-11-20', first: '2026-10-22', perDay: 50, ranges: false, drop: true, empty: false }) as SegmentList;
    const choices = choicesFor(small, names, [['region', 'North'], ['age_group', '25-34']], 0);
    expect(choices.attributes.map(({ name }) => name)).not.toContain('age_group');
    expect(choices.attributes.map(({ name }) => name)).toContain('region');
    expect(choices.values.map(({ value }) => value)).toEqual(['North', 'South', 'West', 'East']);
  });

  it('takes the first value of a new attribute, in its place', () => {
    expect(withAttribute(segments, [], 0, 'region')).toEqual({ region: 'North' });
    expect(withAttribute(segments, [['age_group', '55+']], 1, 'region')).toEqual({ age_group: '55+', region: 'North' });
    const changed = withAttribute(segments, [['age_group', '55+'], ['region', 'West']], 0, 'item_collection');
    expect(Object.entries(changed)).toEqual([['item_collection', 'Winter'], ['region', 'West']]);
  });

  it('loses what follows with the condition that is dropped', () => {
    expect(withAttribute(segments, [['age_group', '55+'], ['region', 'West']], 0, null)).toEqual({});
    expect(withAttribute(segments, [['age_group', '55+'], ['region', 'West']], 1, null)).toEqual({ age_group: '55+' });
  });
});

describe('following a drill', () => {
  const state = (name: DrillAnswer['state'], progress: number): DrillAnswer => ({ id: '7', state: name, progress, reason: null, result: null });
  const inTurn = (answers: DrillAnswer[]) => {
    const asked: string[] = [];
    return { asked, drill: (id: string) => (asked.push(id), Promise.resolve(answers[asked.length - 1] ?? state('done', 1))) };
  };

  it('tells every step until it has ended', async () => {
    const api = inTurn([state('waiting', 0), state('running', 0.5), state('failed', 0.5), state('done', 1)]);
    const told: string[] = [];
    const waits: number[] = [];
    await followDrill(api, '7', (now) => told.push(now.state), () => true, (time) => (waits.push(time), Promise.resolve()));
    expect([told, api.asked, waits.length]).toEqual([['waiting', 'running', 'failed'], ['7', '7', '7'], 2]);
  });

  it('stops when nobody wants to know any more', async () => {
    const api = inTurn([state('running', 0.1), state('running', 0.2)]);
    const told: number[] = [];
    let wanted = true;
    await followDrill(api, '7', (now) => told.push(now.progress), () => wanted, () => ((wanted = false), Promise.resolve()));
    expect(told).toEqual([0.1]);
  });

  it('passes an error on', async () => {
    await expect(followDrill({ drill: () => Promise.reject(new Error('gone')) }, '7', () => undefined, () => true)).rejects.toThrow('gone');
  });
});
